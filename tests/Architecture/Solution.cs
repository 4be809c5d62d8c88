using System.Reflection;
using Recruitment.Testing;

namespace Recruitment.Architecture.Tests;

/// <summary>The code as it stands: its folders, its projects and its assemblies.</summary>
internal static class Solution
{
    public static string Root => Repository.Root;

    public static IReadOnlyDictionary<string, Assembly> Services { get; } = new Dictionary<string, Assembly>
    {
        ["Identity"] = typeof(Identity.IdentityService).Assembly,
        ["Suppliers"] = typeof(Suppliers.SuppliersService).Assembly,
        ["Accreditation"] = typeof(Accreditation.AccreditationService).Assembly,
        ["Grievances"] = typeof(Grievances.GrievancesService).Assembly,
        ["Risk"] = typeof(Risk.RiskService).Assembly,
        ["Reports"] = typeof(Reports.ReportsService).Assembly,
        ["Register"] = typeof(Register.RegisterService).Assembly,
    };

    public static IReadOnlyDictionary<string, Assembly> All { get; } = new Dictionary<string, Assembly>(Services)
    {
        ["Platform"] = typeof(Platform.Roles).Assembly,
        ["Contracts"] = typeof(Contracts.Suppliers.PartyChanged).Assembly,
        ["Web"] = typeof(Web.WebService).Assembly,
        ["Gateway"] = typeof(Gateway.Routes).Assembly,
        ["AllInOne"] = typeof(AllInOne.Program).Assembly,
    };

    public static IEnumerable<string> Projects() => new[] { "services", "gateway", "web" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories));

    public static IEnumerable<string> SourceFiles() => new[] { "services", "gateway", "web", "tests" }
        .SelectMany(folder => new[] { "*.cs", "*.cshtml" }.SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Root, folder), kind, SearchOption.AllDirectories)))
        .Concat(new[] { "run", "check", "bench" }.Select(script => Path.Combine(Root, script)))
        .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));

    /// <summary>Risk for services/Risk/…, Web for web/….</summary>
    public static string ProjectOf(string file)
    {
        var parts = Path.GetRelativePath(Root, file).Split('/');
        return parts[0] == "services" ? parts[1] : char.ToUpperInvariant(parts[0][0]) + parts[0][1..];
    }

    /// <summary>The lines of a committed list; UPDATE_SNAPSHOTS=1 writes them anew below its comments, for a reviewer to see the difference.</summary>
    public static IReadOnlyList<string> Lines(string document, IEnumerable<string> now)
    {
        var file = Path.Combine(Root, "docs", document);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllLines(file, [.. File.ReadAllLines(file).TakeWhile(l => l.StartsWith('#')), .. now]);
        return Lines(document);
    }

    public static IReadOnlyList<string> Lines(string document) =>
        [.. File.ReadLines(Path.Combine(Root, "docs", document)).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#'))];
}
