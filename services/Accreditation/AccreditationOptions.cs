namespace Recruitment.Accreditation;

/// <summary>Settings of this service, under <c>Accreditation:</c>.</summary>
internal sealed class AccreditationOptions
{
    /// <summary>A number of people below this counts as a small group in what an auditor or a decision maker writes. Default 10, as in reports (<c>Reports:SmallGroupBelow</c>): change both together.</summary>
    public int SmallGroupBelow { get; set; } = 10;
}
