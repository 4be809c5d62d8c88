using System.Reflection;

namespace Recruitment.Risk;

/// <summary>Data files that ship with the service, and those an operator added under <c>risk/</c> in the data folder.</summary>
internal static class DataFiles
{
    public static IEnumerable<(string Name, string Text)> All(string kind, string extension, string dataFolder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(kind + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }

        var folder = Path.Combine(dataFolder, "risk", kind);
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + extension).Order(StringComparer.Ordinal))
        {
            yield return ($"{kind}/{Path.GetFileName(file)}", File.ReadAllText(file));
        }
    }
}
