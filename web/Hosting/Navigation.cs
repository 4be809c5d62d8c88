using Microsoft.AspNetCore.Routing.Patterns;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>What stands in the head of the page for each reader. An address that this host does not serve is left out, so no link leads nowhere.</summary>
internal sealed class Navigation(IEnumerable<EndpointDataSource> sources)
{
    private readonly Lazy<HashSet<string>> served = new(() => sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Select(e => "/" + Fixed(e.RoutePattern)).ToHashSet(StringComparer.OrdinalIgnoreCase));

    private static readonly (string? Role, string Name, string Href)[] Items =
    [
        (Roles.BrandAnalyst, "Where to look", "/brands"),
        (Roles.BrandAnalyst, "Suppliers", "/brands/suppliers"),
        (Roles.BrandAnalyst, "Import a list", "/brands/imports"),
        (Roles.SupplierUser, "To do", "/suppliers"),
        (Roles.SupplierUser, "Sites", "/suppliers/sites"),
        (Roles.SupplierUser, "Recruiters we use", "/suppliers/recruiters"),
        (Roles.SupplierUser, "Your estimates", "/suppliers/estimates"),
        (Roles.RecruiterUser, "What next", "/recruiters"),
        (Roles.RecruiterUser, "Reports about you", "/recruiters/reports"),
        (Roles.Auditor, "Today", "/auditors"),
        (Roles.Auditor, "Reports", "/auditors/reports"),
        (Roles.DecisionMaker, "Decisions", "/auditors"),
        (Roles.SchemeManager, "Scheme", "/auditors"),
        (Roles.CaseHandler, "Cases", "/casehandlers"),
        (Roles.CaseHandler, "Your key", "/casehandlers/key"),
        (Roles.ProtectionOfficer, "Cases", "/casehandlers"),
        (Roles.Administrator, "People and settings", "/operators"),
        (Roles.Administrator, "Who reads cases", "/operators/readers"),
        (Roles.Administrator, "Texts for workers", "/operators/texts"),
        (Roles.Administrator, "Messages not handled", "/operators/messages"),
        (Roles.Administrator, "Work not done", "/operators/work"),
        (Roles.Administrator, "Audit trail", "/operators/audit"),
        (Roles.Owner, "Your audit trail", "/organisation/audit"),
        (Roles.Owner, "Your organisation", "/organisation"),
        (null, "Check a recruiter", "/register"),
        (null, "Verify a report", "/verify"),
    ];

    public sealed record Item(string Name, string Href);

    public IReadOnlyList<Item> For(Func<string, bool> has, HttpContext context)
    {
        var items = Items.Where(i => (i.Role is null || has(i.Role)) && served.Value.Contains(i.Href))
            .DistinctBy(i => i.Href).Select(i => new Item(i.Name, i.Href)).ToList();
        if (!Items.Any(i => i.Role is not null && has(i.Role)) && ForWorkers(context) is { } workers) items.Add(new("For workers", workers));
        return items;
    }

    /// <summary>The worker host beside this one; null where it cannot have a name.</summary>
    public string? ForWorkers(HttpContext context) => served.Value.Contains("/w") && context.Request.IsLocalName()
        ? $"{context.Request.Scheme}://{WorkerHost.Prefix}{context.Request.Host.Value}/w"
        : null;

    /// <summary>The address up to its first parameter.</summary>
    private static string Fixed(RoutePattern pattern) => string.Join('/',
        pattern.PathSegments.TakeWhile(s => s.Parts is [RoutePatternLiteralPart]).Select(s => ((RoutePatternLiteralPart)s.Parts[0]).Content));
}

/// <summary>Only by name can a host have a sister called workers; an address in digits cannot.</summary>
internal static class LocalNames
{
    public static bool IsLocalName(this HttpRequest request) => !System.Net.IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _);
}
