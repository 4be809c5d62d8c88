using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>What an organisation lets its directory do: whom to list, and which of its groups gives which role.</summary>
internal sealed class ProvisioningRules
{
    private ProvisioningRules() { }

    public Guid PartyId { get; private init; }

    /// <summary>The kind of the organisation, which decides its roles.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>Group names and the role that their members get; several groups may give the same.</summary>
    public List<RoleOfGroup> Groups { get; } = [];

    /// <summary>What everybody whom the directory lists gets; null gives nothing without a group.</summary>
    public string? RoleOfAll { get; private set; }

    public int Version { get; private set; } = 1;

    public static ProvisioningRules Of(Guid party, string kind) => new() { PartyId = party, Kind = kind };

    /// <summary>Roles that a directory may give: what people must give each other with their eyes open is not among them.</summary>
    public static IReadOnlyList<string> RolesOf(string kind) => [.. People.Person.RolesOf(kind).Except(NotByDirectory)];

    /// <summary>Who owns an organisation is said by people; who protects workers, by two of them.</summary>
    private static readonly string[] NotByDirectory = [Roles.Owner, Roles.CaseHandler, Roles.ProtectionOfficer, Roles.Administrator];

    public void Change(string? roleOfAll, IEnumerable<(string Group, string Role)> groups)
    {
        var wanted = groups.ToList();
        foreach (var role in wanted.Select(g => g.Role).Append(roleOfAll).OfType<string>())
            if (!RolesOf(Kind).Contains(role)) throw new BrokenRuleException("role-not-by-directory", $"A directory cannot give the role {role}. It can give: {string.Join(", ", RolesOf(Kind))}.");
        if (wanted.GroupBy(g => g.Group, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Select(r => r.Role).Distinct().Count() < g.Count()) is { } twice)
            throw new BrokenRuleException("group-twice", $"The group {twice.Key} stands twice with the same role.");

        RoleOfAll = roleOfAll;
        Groups.Clear();
        Groups.AddRange(wanted.Select(g => new RoleOfGroup { PartyId = PartyId, Group = g.Group, Role = g.Role }));
        Version++;
    }

    public IReadOnlySet<string> RolesFor(IEnumerable<string> groups)
    {
        var names = groups.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Groups.Where(g => names.Contains(g.Group)).Select(g => g.Role).Append(RoleOfAll).OfType<string>().ToHashSet();
    }
}

/// <summary>Members of this group of the directory get this role.</summary>
internal sealed class RoleOfGroup
{
    public Guid PartyId { get; init; }
    public string Group { get; init; } = "";
    public string Role { get; init; } = "";
}
