using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>How an application ended, and the reason that was given.</summary>
public sealed record Ending(string Sentence, string? Reason)
{
    /// <summary>Named as the page speaks of it: "Your last application", "This application".</summary>
    public static Ending Of(AccreditationClient.Application ended, string named)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var last = ended.History.LastOrDefault(h => h.To == ended.State);
        var on = last is null ? "" : $" on {Words.Day(last.Day)}";
        return ended.State switch
        {
            "rejected" => new($"{named} was rejected at the review{on}.", last?.Reason),
            "refused" => new($"{named} was refused{On(ended.DecidedOn)}.", ended.Rationale),
            "withdrawn" => new($"Your status was withdrawn{on}.", last is null ? null : $"{Words.Reason(last.Reason ?? "")}. {last.Rationale}"),
            _ => new($"Your status ended with its last day{(ended.ValidTo is { } day ? $", {Words.Day(day)}" : "")}.", null),
        };
    }

    private static string On(DateOnly? day) => day is { } known ? $" on {Words.Day(known)}" : "";
}
