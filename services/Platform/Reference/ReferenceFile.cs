using System.Text.Json;

namespace Recruitment.Platform;

/// <summary>Reference data that come with the program.</summary>
internal static class ReferenceFile
{
    public static T Read<T>(string name, Func<JsonElement, T> read)
    {
        using var file = typeof(ReferenceFile).Assembly.GetManifestResourceStream(name)!;
        using var json = JsonDocument.Parse(file);
        return read(json.RootElement);
    }
}
