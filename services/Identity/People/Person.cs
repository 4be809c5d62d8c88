using Microsoft.AspNetCore.Identity;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>Somebody who signs in for an organisation. Never a worker: workers have no account.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    /// <summary>Two roles of the operator that no one person has together, and why. A single case moves nothing (safety.md 1 and 4): who reads cases neither says who else reads them nor orders audits.</summary>
    private static readonly (string Reads, string Other, string Sentence)[] Apart =
    [
        (Roles.CaseHandler, Roles.Administrator, "The administrator says who reads cases and therefore never reads one."),
        (Roles.ProtectionOfficer, Roles.Administrator, "The administrator says who reads cases and therefore never reads one."),
        (Roles.CaseHandler, Roles.SchemeManager, "The scheme manager says who is audited and when, and must not know of a single case."),
        (Roles.ProtectionOfficer, Roles.SchemeManager, "The scheme manager says who is audited and when, and must not know of a single case."),
    ];

    public List<Membership> Memberships { get; } = [];

    public static Person New(string email) => new()
    {
        Id = Guid.CreateVersion7(), UserName = email, Email = email, SecurityStamp = Guid.CreateVersion7().ToString("N"),
    };

    /// <summary>Gives a role in an organisation, for good or until a day. What excludes each other is decided here and nowhere else.</summary>
    public void Join(Guid party, string kind, string role, DateTime now, DateTime? until = null)
    {
        if (!RolesOf(kind).Contains(role))
            throw new BrokenRuleException("role-not-of-this-kind", $"An organisation of the kind {kind} has no {role}.");
        if (until is not null && !CanEndByItself(role))
            throw new BrokenRuleException("role-without-end-day", "Only who answers for a supplier or recruiter can do so until a day.");

        var open = Memberships.Where(m => m.IsOpenAt(now)).ToList();
        if (open.Any(m => m.Kind != kind && (IsProtection(m.Kind) || IsProtection(kind))))
            throw new BrokenRuleException("incompatible-membership", "Somebody of the independent operator cannot belong to a brand, supplier, recruiter or audit body as well.");
        foreach (var (reads, other, sentence) in Apart)
        {
            if ((role == reads && open.Any(m => m.Role == other)) || (role == other && open.Any(m => m.Role == reads))) throw new BrokenRuleException("incompatible-roles", sentence);
        }
        // Whoever answers until a day goes by himself; who decides about others' access must not.
        if (role == Roles.Owner && open.Any(m => m.PartyId == party) && open.Where(m => m.PartyId == party).All(m => m.Until is not null))
            throw new BrokenRuleException("delegate-is-no-owner", "Who answers until a day cannot own the organisation. Give the role without an end first.");

        if (!open.Any(m => m.PartyId == party && m.Role == role)) Memberships.Add(Membership.Open(Id, party, kind, role, now, until));
    }

    /// <summary>Takes a role back; one that has ended stays ended. The next token no longer says it.</summary>
    public Membership Leave(Guid membership, DateTime now)
    {
        var leaving = Memberships.Single(m => m.Id == membership);
        leaving.End(now);
        return leaving;
    }

    /// <summary>What somebody can be in an organisation of this kind. Every kind has owners.</summary>
    public static IReadOnlyList<string> RolesOf(string kind) => kind switch
    {
        PartyKinds.Brand => [Roles.BrandAnalyst, Roles.Owner],
        PartyKinds.Supplier => [Roles.SupplierUser, Roles.Owner],
        PartyKinds.Recruiter => [Roles.RecruiterUser, Roles.Owner],
        // Both in one body: whether the same person may do both of one audit is decided with the audit (Accreditation).
        PartyKinds.AuditBody => [Roles.Auditor, Roles.DecisionMaker, Roles.Owner],
        PartyKinds.Operator => [Roles.CaseHandler, Roles.ProtectionOfficer, Roles.SchemeManager, Roles.Administrator, Roles.Owner],
        _ => [],
    };

    public static bool CanEndByItself(string role) => role is Roles.SupplierUser or Roles.RecruiterUser;

    private static bool IsProtection(string kind) => kind == PartyKinds.Operator;
}
