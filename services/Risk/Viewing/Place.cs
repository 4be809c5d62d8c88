using System.Globalization;

namespace Recruitment.Risk.Viewing;

/// <summary>Where a page of sites ended: its last row by what the list is ordered by. What rises or falls meanwhile neither repeats a row nor loses one that stays.</summary>
internal readonly record struct Place(int Severity, int Score, Guid Site)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Severity}.{Score}.{Site:N}");

    public static Place? Read(string cursor) =>
        cursor.Split('.') is [var severity, var score, var site]
        && int.TryParse(severity, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && int.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out var points)
        && Guid.TryParseExact(site, "N", out var id) ? new(s, points, id) : null;

    /// <summary>Comes after this place in the list: less severe, else less likely, else of a later id.</summary>
    public bool IsBefore(Place other) =>
        (other.Severity, other.Score) == (Severity, Score) ? other.Site.CompareTo(Site) > 0
        : other.Severity == Severity ? other.Score < Score : other.Severity < Severity;
}
