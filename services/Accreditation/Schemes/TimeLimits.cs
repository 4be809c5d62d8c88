using System.Text.Json;

namespace Recruitment.Accreditation.Schemes;

/// <summary>A length of time that somebody decided on a date, with its source.</summary>
internal sealed record TimeLimit(string Name, DateOnly From, string Source, int Months = 0, int Days = 0)
{
    public DateOnly After(DateOnly day) => day.AddMonths(Months).AddDays(Days);
}

/// <summary>Validity, surveillance, deferral, suspension, audit and retention limits, from a dated file: whichever was in force on the day counts.</summary>
internal sealed class TimeLimits(IReadOnlyList<TimeLimit> limits)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Needed = ["validity", "surveillance", "deferral", "suspension", "audit", "evidence_undecided", "evidence_decided"];

    public DateOnly Validity(DateOnly from) => InForce("validity", from).After(from);

    public DateOnly Surveillance(DateOnly from) => InForce("surveillance", from).After(from);

    public DateOnly Deferral(DateOnly from) => InForce("deferral", from).After(from);

    public DateOnly Suspension(DateOnly from) => InForce("suspension", from).After(from);

    public DateOnly Audit(DateOnly from) => InForce("audit", from).After(from);

    /// <summary>How long a file is kept at most while nothing is decided, for instance in a draft that was given up.</summary>
    public DateOnly UndecidedEvidence(DateOnly from) => InForce("evidence_undecided", from).After(from);

    /// <summary>How long a file is kept after a decision that it was read for.</summary>
    public DateOnly DecidedEvidence(DateOnly from) => InForce("evidence_decided", from).After(from);

    public static TimeLimits Load()
    {
        using var stream = typeof(TimeLimits).Assembly.GetManifestResourceStream("Recruitment.Accreditation.Schemes.time-limits.json")!;
        var read = JsonSerializer.Deserialize<FileShape>(stream, Json)!.Limits;
        var missing = Needed.Except(read.Select(l => l.Name)).ToList();
        if (missing.Count > 0) throw new InvalidOperationException($"Time limits are missing: {string.Join(", ", missing)}.");
        if (read.Any(l => string.IsNullOrWhiteSpace(l.Source) || l.Months + l.Days <= 0)) throw new InvalidOperationException("A time limit has no length or no source.");
        return new(read);
    }

    private TimeLimit InForce(string name, DateOnly day) =>
        limits.Where(l => l.Name == name && l.From <= day).MaxBy(l => l.From)
        ?? limits.Where(l => l.Name == name).MinBy(l => l.From)!;

    private sealed record FileShape(IReadOnlyList<TimeLimit> Limits);
}
