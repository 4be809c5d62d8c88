using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Brands;

/// <summary>A place that stays in a brand's sight though its supplier says that it is over: wages go unpaid exactly then.</summary>
internal static class Ended
{
    /// <summary>Null while people work there. The day is the one on which the supplier said it, where it is known.</summary>
    public static string? Says(string status, DateOnly? on) => status != "ended" ? null
        : on is { } day ? $"The supplier says nobody works here since {Words.Day(day)}." : "The supplier says nobody works here any more.";
}
