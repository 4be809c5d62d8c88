using Recruitment.Testing;
using Xunit.Sdk;

namespace Recruitment.Contracts.Tests;

/// <summary>Compares with a committed file; UPDATE_SNAPSHOTS=1 writes it anew, for a reviewer to see the difference.</summary>
internal static class Snapshot
{
    public static string Root => Repository.Root;

    public static void Matches(string path, string now)
    {
        var file = Path.Combine(Root, path);
        var text = now.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        if (!File.Exists(file)) throw new XunitException($"{path} is missing. Run this test with UPDATE_SNAPSHOTS=1 and review the file.");

        Assert.Equal(File.ReadAllText(file), text);
    }

    public static IEnumerable<string> Lines(string path) => File.ReadLines(Path.Combine(Root, path));
}
