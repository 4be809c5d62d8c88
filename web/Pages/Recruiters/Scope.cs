namespace Recruitment.Web.Pages.Recruiters;

/// <summary>The corridors and sectors of a form, line by line as they were chosen; an empty line is left out.</summary>
public sealed class Scope
{
    /// <summary>So many corridors and sectors the form offers; an application that names more shows all of them.</summary>
    private const int Lines = 4;

    // Lists, and not read-only ones: the binder fills those that it finds here.
    /// <summary>By line, as those of <see cref="Destinations"/>.</summary>
    public List<string?> Origins { get; set; } = [];

    public List<string?> Destinations { get; set; } = [];

    public List<string?> Sectors { get; set; } = [];

    /// <summary>That somebody recruits within one country was asked and is meant.</summary>
    public bool Within { get; set; }

    public int CorridorLines => Math.Max(Lines, Origins.Count);

    public int SectorLines => Math.Max(Lines, Sectors.Count);

    /// <summary>What is sent: "ORI-DES", each once.</summary>
    public IReadOnlyList<string> Corridors => [.. Named.Select(line => $"{line.First}-{line.Second}").Distinct()];

    public IReadOnlyList<string> ChosenSectors => [.. Sectors.Where(s => !string.IsNullOrEmpty(s)).Select(s => s!).Distinct()];

    /// <summary>Countries of corridors that lead nowhere else: sometimes meant, often a slip.</summary>
    public IEnumerable<string> WithinOneCountry => Named.Where(line => line.First == line.Second && !string.IsNullOrEmpty(line.First)).Select(line => line.First!).Distinct();

    private List<(string? First, string? Second)> Named =>
        [.. Origins.Zip(Destinations).Where(line => !string.IsNullOrEmpty(line.First) || !string.IsNullOrEmpty(line.Second))];

    /// <summary>As an application has it.</summary>
    public static Scope Of(IReadOnlyList<string> corridors, IReadOnlyList<string> sectors) => new()
    {
        Origins = [.. corridors.Select(c => c.Split('-')[0])], Destinations = [.. corridors.Select(c => c.Split('-')[^1])], Sectors = [.. sectors],
    };

    /// <summary>What has to be chosen or said first; null when nothing.</summary>
    public string? Lack() =>
        Named.Count == 0 || Named.Any(line => string.IsNullOrEmpty(line.First) || string.IsNullOrEmpty(line.Second)) ? "Choose for each corridor where workers come from and where they work."
        : ChosenSectors.Count == 0 ? "Choose at least one sector."
        : WithinOneCountry.Any() && !Within ? "One corridor begins and ends in the same country. Correct it, or say below that it is meant."
        : null;
}
