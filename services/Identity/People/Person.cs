using Microsoft.AspNetCore.Identity;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>Somebody who signs in for an organisation. Never a worker: workers have no account.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    public List<Membership> Memberships { get; } = [];

    public static Person New(string email) => new()
    {
        Id = Guid.CreateVersion7(), UserName = email, Email = email, SecurityStamp = Guid.CreateVersion7().ToString("N"),
    };

    /// <summary>Gives a role in an organisation. Roles depend on the kind of organisation, and whoever handles cases belongs to nobody a case may be about.</summary>
    public void Join(Guid party, string kind, string role, DateTime now)
    {
        if (!RolesOf(kind).Contains(role))
            throw new BrokenRuleException("role-not-of-this-kind", $"An organisation of the kind {kind} has no {role}.");
        if (Memberships.Any(m => m.IsOpen && m.Kind != kind && (IsProtection(m.Kind) || IsProtection(kind))))
            throw new BrokenRuleException("incompatible-membership", "Somebody of the independent operator cannot belong to a brand, supplier, recruiter or audit body as well.");

        if (!Memberships.Any(m => m.IsOpen && m.PartyId == party && m.Role == role)) Memberships.Add(Membership.Open(Id, party, kind, role, now));
    }

    /// <summary>Takes a role back; one that has ended stays ended. The next token no longer says it.</summary>
    public Membership Leave(Guid membership, DateTime now)
    {
        var leaving = Memberships.Single(m => m.Id == membership);
        leaving.End(now);
        return leaving;
    }

    /// <summary>The roles that an organisation of this kind gives.</summary>
    public static string[] RolesOf(string kind) => kind switch
    {
        PartyKinds.Brand => [Roles.BrandAnalyst, Roles.Owner],
        PartyKinds.Supplier => [Roles.SupplierUser, Roles.Owner],
        PartyKinds.Recruiter => [Roles.RecruiterUser, Roles.Owner],
        PartyKinds.AuditBody => [Roles.Auditor, Roles.DecisionMaker, Roles.Owner],
        PartyKinds.Operator => [Roles.CaseHandler, Roles.ProtectionOfficer, Roles.SchemeManager, Roles.Administrator, Roles.Owner],
        _ => [],
    };

    private static bool IsProtection(string kind) => kind == PartyKinds.Operator;
}

/// <summary>A role that a person has in an organisation, until it ends.</summary>
internal sealed class Membership
{
    public Guid Id { get; private init; }
    public Guid PersonId { get; private init; }
    public Guid PartyId { get; private init; }
    public string Kind { get; private init; } = "";
    public string Role { get; private init; } = "";
    public DateTime From { get; private init; }
    public DateTime? To { get; private set; }

    public bool IsOpen => To is null;

    public void End(DateTime now) => To ??= now;

    public static Membership Open(Guid person, Guid party, string kind, string role, DateTime now) =>
        new() { Id = Guid.CreateVersion7(), PersonId = person, PartyId = party, Kind = kind, Role = role, From = now };
}
