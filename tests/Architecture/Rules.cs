using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Recruitment.Architecture.Tests;

/// <summary>The boundaries as functions from what is to what is wrong with it, so that each can be shown to bite.</summary>
internal static partial class Rules
{
    private static readonly string[] Services = ["Identity", "Suppliers", "Accreditation", "Grievances", "Risk", "Reports", "Register"];
    private static readonly string[] ForbiddenSuffixes = ["Manager", "Helper", "Util", "Utils", "Base", "Impl", "Common", "Dto", "Handler"];

    /// <summary>Who may refer to whom, from the project files: an unused reference counts as well.</summary>
    public static IEnumerable<string> References(string project, string projectXml)
    {
        var referred = XDocument.Parse(projectXml).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')).Replace("Recruitment.", "", StringComparison.Ordinal));
        string[] allowed = project switch
        {
            "Contracts" => [],
            "Platform" => ["Contracts"],
            "Web" or "Gateway" => ["Platform"],
            "AllInOne" => [.. Services, "Platform", "Contracts", "Web"],
            _ => ["Platform", "Contracts"],
        };
        return referred.Except(allowed).Select(r => $"{project} refers to {r}");
    }

    /// <summary>A service shows Program and its table of contents; the rest is its own matter.</summary>
    public static IEnumerable<string> Exports(string service, IEnumerable<Type> exported) => exported
        .Where(t => t.Name != "Program" && t.Name != $"{service}Service")
        .Where(t => !(t.Namespace ?? "").Contains(".Migrations", StringComparison.Ordinal))
        .Where(t => !t.IsAssignableTo(typeof(Microsoft.AspNetCore.Mvc.RazorPages.PageModel)) && t.Namespace != "AspNetCoreGeneratedDocument")
        .Select(t => $"{service} exports {t.FullName}");

    public static IEnumerable<string> Names(IEnumerable<Type> types) => Own(types)
        .Where(t => ForbiddenSuffixes.Any(suffix => t.Name.EndsWith(suffix, StringComparison.Ordinal)))
        .Where(t => !t.IsAssignableTo(typeof(Microsoft.AspNetCore.Diagnostics.IExceptionHandler)) && !t.IsAssignableTo(typeof(HttpMessageHandler)))
        .Select(t => $"{t.FullName} has a forbidden suffix");

    public static IEnumerable<string> LoneInterfaces(IReadOnlyCollection<Type> types) => Own(types)
        .Where(t => t.IsInterface)
        .Where(i => types.Count(t => t.IsClass && Implements(t, i)) == 1)
        .Select(i => $"{i.FullName} has one implementation");

    /// <summary>The bus's types stay in Platform, so that the question of its licence stays small.</summary>
    public static IEnumerable<string> Bus(string project, IEnumerable<AssemblyName> references) => references
        .Where(r => r.Name!.StartsWith("MassTransit", StringComparison.Ordinal) && project != "Platform")
        .Select(r => $"{project} uses {r.Name}");

    /// <summary>How often a source makes the record that a person reviewed a text, or puts rows where these are kept.</summary>
    public static int Reviews(string source) => WritesReviews().Count(source);

    /// <summary>Names of secrets that a source asks for.</summary>
    public static IEnumerable<string> Secrets(string source) => AsksForSecret().Matches(source).Select(m => m.Groups[1].Value);

    public static IEnumerable<string> Length(string file, int lines) => lines > 400 ? [$"{file} has {lines} lines"] : [];

    /// <summary>Contracts carry no data about people. Names and addresses are those of organisations, by a committed list.</summary>
    public static IEnumerable<string> People(IEnumerable<PropertyInfo> properties, IReadOnlySet<string> allowed) => properties
        .Where(p => AboutPeople().IsMatch(p.Name) && !allowed.Contains($"{p.DeclaringType!.Name}.{p.Name}"))
        .Select(p => $"{p.DeclaringType!.Name}.{p.Name} may be about a person");

    public static IEnumerable<string> ContractShape(Type contract)
    {
        if (contract.BaseType != typeof(object)) yield return $"{contract.Name} has a base record";
        if (!contract.Namespace!.StartsWith("Recruitment.Contracts.", StringComparison.Ordinal)) yield return $"{contract.Name} has no publisher's namespace";
        if (contract.Name.EndsWith("Event", StringComparison.Ordinal)) yield return $"{contract.Name} ends in Event";
        foreach (var property in contract.GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type.IsEnum) yield return $"{contract.Name}.{property.Name} is an enum";
            if (type == typeof(decimal) || type == typeof(DateTimeOffset)) yield return $"{contract.Name}.{property.Name} is a {type.Name}";
        }
    }

    /// <summary>The contracts that an assembly makes: what follows the instruction newobj in its methods.</summary>
    public static IReadOnlySet<Type> Made(Assembly assembly)
    {
        const BindingFlags all = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var made = new HashSet<Type>();
        foreach (var method in assembly.GetTypes().SelectMany(t => t.GetMethods(all).Cast<MethodBase>().Concat(t.GetConstructors(all))))
        {
            var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
            for (var i = 0; i + 4 < code.Length; i++)
            {
                if (code[i] == 0x73 && Constructed(method.Module, BitConverter.ToInt32(code, i + 1)) is { } type) made.Add(type);
            }
        }
        return made;
    }

    public static IEnumerable<string> ForeignEvents(string service, IEnumerable<Type> made) => made
        .Where(t => t.GetProperty("Epoch") is not null && t.Namespace != $"Recruitment.Contracts.{service}").Select(t => $"{service} makes {t.Name}");

    /// <summary>Who asks whom: the clients that each project's source registers.</summary>
    public static IEnumerable<string> Calls(string project, string source) => Client().Matches(source)
        .Select(m => $"{project} -> {char.ToUpperInvariant(m.Groups[1].Value[0])}{m.Groups[1].Value[1..]}");

    /// <summary>Null for what only looks like a constructor's token, and for what is not a contract.</summary>
    private static Type? Constructed(Module module, int token)
    {
        if (token >> 24 is not (0x06 or 0x0A)) return null;
        try
        {
            return module.ResolveMethod(token)?.DeclaringType is { } type && type.Namespace?.StartsWith("Recruitment.Contracts.", StringComparison.Ordinal) == true && !type.Namespace.Contains("Tests", StringComparison.Ordinal) ? type : null;
        }
        catch (Exception notOne) when (notOne is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> Own(IEnumerable<Type> types) => types.Where(t =>
        (t.Namespace ?? "").StartsWith("Recruitment.", StringComparison.Ordinal) && !t.Name.Contains('<', StringComparison.Ordinal));

    private static bool Implements(Type type, Type wanted) => type.GetInterfaces()
        .Any(i => i == wanted || (wanted.IsGenericTypeDefinition && i.IsGenericType && i.GetGenericTypeDefinition() == wanted));

    [GeneratedRegex("\\.Add(?:Service)?Client<\\w+>\\(\"(\\w+)\"")]
    private static partial Regex Client();

    [GeneratedRegex("""new TextReview\b|InsertData\(\s*table: "TextReviews"|(INTO|UPDATE) "?TextReviews""")]
    private static partial Regex WritesReviews();

    [GeneratedRegex("""(?:[sS]ecrets\.Get(?:Key)?\(\s*|const string Secret = )["]([a-z-]+)["]""")]
    private static partial Regex AsksForSecret();

    [GeneratedRegex("Name|Address|Phone|Mail|Birth|Person|Passport|Worker|Nationality|Sex|Gender|Text|Note|Comment|Author|User", RegexOptions.IgnoreCase)]
    private static partial Regex AboutPeople();
}
