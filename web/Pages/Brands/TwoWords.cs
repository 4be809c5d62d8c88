using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Brands;

/// <summary>A place of which the brand's own list says another country or sector than its supplier does: an estimate that fell by a word must not pass unseen.</summary>
internal static class TwoWords
{
    public static string? Of(SuppliersClient.Site? site)
    {
        if (site?.Listed is not { } listed || (listed.Country == site.Country && Agree(listed.Sector, site.Sector))) return null;

        var list = listed.ListedOn is { } day ? $"Your list of {Words.Day(day)}" : "Your list";
        return $"{list} says {Said(listed.Country, listed.Sector)}; the supplier says {Said(site.Country, site.Sector)}. Ask which is right.";
    }

    private static string Said(string country, string? sector) => sector is { Length: > 0 } ? $"{Words.Country(country)}, {Words.Sector(sector)}" : Words.Country(country);

    /// <summary>What one of them does not say, or says only as the section of the other's division, contradicts nothing.</summary>
    private static bool Agree(string? one, string? other)
    {
        if (string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other)) return true;
        var (first, second) = (Division(one), Division(other));
        return first.Length > 0 && second.Length > 0 ? first == second : Section(one) == Section(other);
    }

    private static string Division(string code) => code.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTU"]);

    private static string? Section(string code) => IndustryList.Sections.FirstOrDefault(s => code.StartsWith(s.Code, StringComparison.Ordinal) || s.Divisions.Any(d => d.Code == code))?.Code;
}
