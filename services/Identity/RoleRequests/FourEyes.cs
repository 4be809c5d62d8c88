using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>Roles that no administrator gives alone: one asks, another one agrees. Whoever has one of them reads cases, or says who does.</summary>
internal static class FourEyes
{
    public static IReadOnlyList<string> Needed { get; } = [Roles.CaseHandler, Roles.ProtectionOfficer, Roles.Administrator];

    /// <summary>Refuses what two must agree on. The only administrator makes the second one alone, for there is nobody to agree; no others.</summary>
    public static async Task MustNotBeNeeded(IdentityDb db, string role, DateTime now, OrganisationsOptions options, CancellationToken stop)
    {
        if (!Needed.Contains(role)) return;
        if (role != Roles.Administrator || await Administrators(db, now, stop) > 1)
            throw new BrokenRuleException("second-administrator-needed", "Two administrators give this role together: ask for it, and another administrator agrees.");
        // Else one of two would end the other's role and be alone at once.
        var since = now.AddDays(-options.AloneAfterDays);
        if (await db.Memberships.AnyAsync(m => m.Role == Roles.Administrator && m.To > since, stop))
            throw new BrokenRuleException("administrator-ended-lately", FormattableString.Invariant($"Another administrator's role ended less than {options.AloneAfterDays} days ago. Until then nobody makes an administrator alone."));
    }

    /// <summary>A link for such a role that one administrator made alone stands only while there is one at most; the second to use one like it would be made by nobody's agreement.</summary>
    public static async Task<bool> Stands(IdentityDb db, OneTimeLink link, DateTime now, CancellationToken stop) =>
        link.IsAgreed || !Needed.Contains(link.Role) || (link.Role == Roles.Administrator && await Administrators(db, now, stop) <= 1);

    public static Task<int> Administrators(IdentityDb db, DateTime now, CancellationToken stop) =>
        db.Memberships.Open(now).Where(m => m.Role == Roles.Administrator).Select(m => m.PersonId).Distinct().CountAsync(stop);
}
