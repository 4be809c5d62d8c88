using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>Who may read which folder of pages, and where each reader begins.</summary>
public static class Readers
{
    internal static IReadOnlyList<(string Folder, string[] Roles)> Folders { get; } =
    [
        ("/Brands", [Roles.BrandAnalyst]),
        ("/Suppliers", [Roles.SupplierUser]),
        ("/Recruiters", [Roles.RecruiterUser]),
        ("/Auditors", [Roles.Auditor, Roles.DecisionMaker, Roles.SchemeManager]),
        ("/Auditors/Reports", [Roles.Auditor]),
        ("/CaseHandlers", [Roles.CaseHandler, Roles.ProtectionOfficer]),
        ("/Operators", [Roles.Administrator]),
        ("/Organisation", [Roles.Owner]),
        // Whoever signs in may be offered an organisation.
        ("/Ownership", [.. Roles.OfPeople]),
    ];

    /// <summary>Folders that strangers read.</summary>
    internal static IReadOnlyList<string> Open { get; } = ["/Public", "/Workers"];

    internal static IReadOnlyList<string> OpenPages { get; } = ["/Index", "/Error", "/Style", "/Confirmed"];

    /// <summary>The first page of whoever signed in.</summary>
    public static string FirstPage(Func<string, bool> has)
    {
        ArgumentNullException.ThrowIfNull(has);
        return has(Roles.BrandAnalyst) ? "/brands"
            : has(Roles.SupplierUser) ? "/suppliers"
            : has(Roles.RecruiterUser) ? "/recruiters"
            : has(Roles.Auditor) || has(Roles.DecisionMaker) || has(Roles.SchemeManager) ? "/auditors"
            : has(Roles.CaseHandler) || has(Roles.ProtectionOfficer) ? "/casehandlers"
            : has(Roles.Administrator) ? "/operators"
            : has(Roles.Owner) ? "/organisation"
            : "/";
    }

    internal static string PolicyOf(string[] roles) => $"web:{string.Join('|', roles)}";
}
