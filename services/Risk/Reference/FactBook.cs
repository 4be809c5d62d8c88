namespace Recruitment.Risk.Reference;

/// <summary>The facts in force: per claim the newest edition, in memory, since every score reads a dozen of them.</summary>
internal sealed class FactBook
{
    private static readonly string[] Sections =
        ["A:01-03", "B:05-09", "C:10-33", "F:41-43", "T:97-98", "G-S:35-39", "G-S:45-96", "G-S:99-99"];

    private readonly Dictionary<(string Code, string Iso3, string Subject), Fact> facts = [];

    public FactBook(IEnumerable<Fact> all, string version)
    {
        Version = version;
        foreach (var fact in all)
        {
            var key = (fact.Code, fact.Iso3, fact.Subject);
            if (!facts.TryGetValue(key, out var known) || Newer(fact, known)) facts[key] = fact;
        }
    }

    /// <summary>Changes with every edition that was loaded.</summary>
    public string Version { get; }

    public int Count => facts.Count;

    public IEnumerable<Fact> All => facts.Values.OrderBy(f => f.Code, StringComparer.Ordinal)
        .ThenBy(f => f.Iso3, StringComparer.Ordinal).ThenBy(f => f.Subject, StringComparer.Ordinal);

    public Fact? Find(string code, string iso3, string subject = "") => facts.GetValueOrDefault((code, iso3, subject));

    /// <summary>The row of the sector estimates that an ISIC section or division belongs to; null when it is not known.</summary>
    public static string? SectionOf(string? isic)
    {
        if (string.IsNullOrWhiteSpace(isic)) return null;
        var code = isic.Trim().ToUpperInvariant();
        if (char.IsLetter(code[0]))
        {
            var division = code.Length > 2 && char.IsDigit(code[1]) ? code[1..] : null;
            if (division is not null) return SectionOf(division);
            return code[0] is 'A' or 'B' or 'C' or 'F' or 'T' ? code[..1] : code[0] is >= 'D' and <= 'U' ? "G-S" : null;
        }
        if (code.Length < 2 || !char.IsAsciiDigit(code[0]) || !char.IsAsciiDigit(code[1])) return null;
        return Sections.FirstOrDefault(s => string.CompareOrdinal(code[..2], s.Split(':')[1][..2]) >= 0
            && string.CompareOrdinal(code[..2], s.Split(':')[1][3..]) <= 0)?.Split(':')[0];
    }

    /// <summary>The two-digit division within an ISIC code; null for a section.</summary>
    public static string? DivisionOf(string? isic)
    {
        var digits = new string([.. (isic ?? "").Where(char.IsAsciiDigit)]);
        return digits.Length >= 2 ? digits[..2] : null;
    }

    private static bool Newer(Fact offered, Fact known) =>
        (offered.AsOf, string.CompareOrdinal(offered.Edition, known.Edition)).CompareTo((known.AsOf, 0)) > 0;
}
