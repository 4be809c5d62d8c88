namespace Recruitment.Identity.Organisations;

/// <summary>Section <c>Organisations</c>: how long what organisations do with their people stays open.</summary>
internal sealed class OrganisationsOptions
{
    /// <summary>So long an invitation by link works.</summary>
    public int InvitationDays { get; set; } = 14;

    /// <summary>Nobody answers by such a link for longer without being a member.</summary>
    public int DelegateDays { get; set; } = 180;

    /// <summary>So long a transfer of ownership waits to be accepted.</summary>
    public int TransferDays { get; set; } = 14;

    /// <summary>So long a role that two administrators give together waits for the second.</summary>
    public int RoleRequestDays { get; set; } = 14;

    /// <summary>So long after an administrator's role ended the only one left makes no other alone.</summary>
    public int AloneAfterDays { get; set; } = 7;

    /// <summary>From one review of access to the next.</summary>
    public int ReviewEveryDays { get; set; } = 365;

    /// <summary>So long a review may take before the operator's administrator sees that it is overdue.</summary>
    public int ReviewWithinDays { get; set; } = 30;

    internal bool AllPositive => Math.Min(Math.Min(InvitationDays, DelegateDays), Math.Min(TransferDays, RoleRequestDays)) >= 1 && Math.Min(ReviewEveryDays, ReviewWithinDays) >= 1 && AloneAfterDays >= 0;
}
