namespace Recruitment.Platform;

/// <summary>Sections and divisions of ISIC Revision 4: dated data with a source.</summary>
public static class IndustryList
{
    private static readonly Lazy<IReadOnlyList<Section>> Read = new(() => ReferenceFile.Read("industries.json", root => root.GetProperty("sections").EnumerateArray()
        .Select(s => new Section(s.GetProperty("code").GetString()!, s.GetProperty("name").GetString()!,
            [.. s.GetProperty("divisions").EnumerateArray().Select(d => new Industry(d.GetProperty("code").GetString()!, d.GetProperty("name").GetString()!))])).ToList()));

    private static readonly Lazy<Dictionary<string, string>> Names = new(() => Sections
        .SelectMany(s => s.Divisions.SelectMany(d => new[] { (d.Code, d.Name), (s.Code + d.Code, d.Name) }).Append((s.Code, s.Name))).ToDictionary());

    public static IReadOnlyList<Section> Sections => Read.Value;

    /// <summary>The name behind a section (C), a division (14) or both (C14); a code that we do not know stays as it is.</summary>
    public static string Name(string code) => Names.Value.GetValueOrDefault(code, code);

    /// <summary>Whether it is a section, a division or both, as <see cref="Name"/> reads them.</summary>
    public static bool Has(string code) => Names.Value.ContainsKey(code);

    /// <summary>A section and what belongs to it.</summary>
    public sealed record Section(string Code, string Name, IReadOnlyList<Industry> Divisions);

    /// <summary>A division.</summary>
    public sealed record Industry(string Code, string Name);
}
