using Recruitment.Accreditation.Schemes;

namespace Recruitment.Accreditation;

/// <summary>Settings of this service, under <c>Accreditation:</c>.</summary>
internal sealed class AccreditationOptions
{
    /// <summary>A number of people below this counts as a small group in what an auditor or a decision maker writes. Default 10, as in reports (<c>Reports:SmallGroupBelow</c>): change both together.</summary>
    public int SmallGroupBelow { get; set; } = 10;

    /// <summary>The calendar by which the scheme's days are counted, by its name in calendars.json: its zone, weekly days off and public holidays. Default: the one that <c>Schemes/time-limits.json</c> names, THA.</summary>
    public string Calendar { get; set; } = "";

    /// <summary>The time limits under that calendar; null when there is none of that name.</summary>
    internal TimeLimits? Limits { get; set; }
}
