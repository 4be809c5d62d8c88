using System.Globalization;

namespace Recruitment.Risk.Reference;

/// <summary>One published claim: what is said about which country or sector, by whom, in which edition, until when to trust it.</summary>
internal sealed class Fact
{
    public long Id { get; private init; }
    public required string Code { get; init; }
    /// <summary>ISO 3166-1 alpha-3; empty when the claim is about the world.</summary>
    public required string Iso3 { get; init; }
    /// <summary>What else it is about, for instance an ISIC division; empty otherwise.</summary>
    public required string Subject { get; init; }
    /// <summary>As published.</summary>
    public required string Value { get; init; }
    /// <summary>The published value in ten-thousandths, where it is a number.</summary>
    public int? Number { get; init; }
    /// <summary>The published standard error in ten-thousandths.</summary>
    public int? StandardError { get; init; }
    public required string Source { get; init; }
    public required string Publisher { get; init; }
    public required string Edition { get; init; }
    public required string Licence { get; init; }
    public required DateOnly AsOf { get; init; }
    public required DateOnly RecheckAfter { get; init; }

    /// <summary>One row of a facts file; the header names the columns.</summary>
    public static Fact Of(IReadOnlyDictionary<string, string> row) => new()
    {
        Code = row["code"],
        Iso3 = row["iso3"],
        Subject = row["subject"],
        Value = row["value"],
        Number = TenThousandths(row["value"]),
        StandardError = TenThousandths(row["standard_error"]),
        Source = row["source"],
        Publisher = row["publisher"],
        Edition = row["edition"],
        Licence = row["licence"],
        AsOf = DateOnly.ParseExact(row["as_of"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        RecheckAfter = DateOnly.ParseExact(row["recheck_after"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    // Parsed as decimal, kept as an integer: no floating point on the way into a score.
    private static int? TenThousandths(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) < 200_000 ? (int)Math.Round(number * 10_000, MidpointRounding.AwayFromZero) : null;
}
