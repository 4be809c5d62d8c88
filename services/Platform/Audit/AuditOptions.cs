namespace Recruitment.Platform;

/// <summary>Settings of the audit trail, under <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>So many refusals of one caller, and so many failed sign-ins of all, are written down in a minute; more are not. Acts that are done always are.</summary>
    public int RefusalsAMinute { get; set; } = 60;

    /// <summary>How often entries get their place in the chain.</summary>
    public int SealEverySeconds { get; set; } = 2;
}
