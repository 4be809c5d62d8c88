using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>Why a report is revoked or replaced. The recruiter reads it, so it must point to nobody; unlike a finding it can always be said otherwise, so it is asked for anew instead of kept with a reason.</summary>
internal static class StatusReason
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["name"] = "a name", ["phone"] = "a phone number", ["identity_number"] = "the number of a paper", ["email"] = "an address",
        ["exact_date"] = "an exact date", ["small_group"] = "a small group of people", ["claim"] = "a claim that no audit can make",
    };

    /// <summary>The refusal of a reason that may point to a person, without its words; null when there is nothing to ask.</summary>
    public static ProblemHttpResult? Refused(string? reason, IReadOnlyCollection<string> organisations, int smallGroupBelow)
    {
        var kinds = TextScan.In("reason", reason ?? "", organisations, smallGroupBelow).Select(h => Kinds.GetValueOrDefault(h.Kind, h.Kind)).Distinct().ToList();
        return kinds.Count == 0 ? null : Problems.Bad("reason-may-point-to-a-person",
            $"The recruiter reads this reason, and something in it looks like {string.Join(" and ", kinds)}. Say what was wrong without it. Nothing was changed.");
    }
}
