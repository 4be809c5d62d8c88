using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>What a machine's access token says: for which organisation it acts and with which role; and, of one that an organisation made, until when. Its secret or keys lie with OpenIddict.</summary>
internal sealed class MachineClient
{
    public string ClientId { get; init; } = "";
    public Guid? PartyId { get; init; }
    public string Kind { get; init; } = "";
    public string Role { get; init; } = "";

    /// <summary>As its organisation calls it. Empty of our own clients, which no organisation made.</summary>
    public string Name { get; init; } = "";

    /// <summary>Subject of the person who made it; empty of our own.</summary>
    public string CreatedBy { get; init; } = "";

    public DateTime? CreatedAt { get; init; }

    /// <summary>What it may ask for, separated by blanks.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>Null of our own, which do not expire.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The day on which it last got a token.</summary>
    public DateTime? LastUsedOn { get; init; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>Until then the secret before this one opens as well.</summary>
    public DateTime? OldSecretUntil { get; private set; }

    public int Version { get; private set; } = 1;

    public bool MayAct(DateTime now) => EndedAt is null && !(ExpiresAt <= now);

    public void End(DateTime now)
    {
        if (EndedAt is not null) return;
        EndedAt = now;
        Version++;
    }

    public void ChangeSecret(DateTime oldUntil, DateTime now)
    {
        if (!MayAct(now)) throw new BrokenRuleException("client-over", "This client has ended or expired. Make another one.");
        OldSecretUntil = oldUntil;
        Version++;
    }

    /// <summary>What a program may be given: never what decides about people, their cases or other accounts.</summary>
    public static IReadOnlyList<string> RolesOf(string kind) => kind switch
    {
        PartyKinds.Brand => [Roles.BrandAnalyst],
        PartyKinds.Supplier => [Roles.SupplierUser],
        PartyKinds.Recruiter => [Roles.RecruiterUser],
        PartyKinds.AuditBody => [Roles.Auditor],
        PartyKinds.Operator => [Roles.SchemeManager],
        _ => [],
    };
}
