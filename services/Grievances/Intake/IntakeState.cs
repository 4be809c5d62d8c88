using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>Somebody reads, or intake is closed.</summary>
internal sealed class IntakeState(GrievancesDb db, IOptions<PlatformOptions> platform)
{
    public const string NotApproved = "not-approved";
    public const string NobodyReads = "nobody-reads";

    /// <summary>Why nothing can be filed now; null when it can.</summary>
    /// <remarks>
    /// Operation mode needs a named responsible body, two readers and reviewed texts (which the web looks at). There is no screen yet on which a person could record
    /// the body, and no setting may stand in for that person: so operation mode stays closed.
    /// </remarks>
    public async Task<string?> WhyClosed(CancellationToken stop)
    {
        if (!platform.Value.IsDemonstration) return NotApproved;
        return await db.Readers.AnyAsync(r => r.Intake && !r.HasLeft, stop) ? null : NobodyReads;
    }

    public bool IsDemonstration => platform.Value.IsDemonstration;
}
