using System.Text;

namespace Recruitment.Testing;

/// <summary>What a thief of the disk would read: every byte of every file, while the product runs.</summary>
public static class RawFiles
{
    /// <summary>Name and content of each file, one character a byte. There must be one at least, or the test would look at nothing.</summary>
    public static async Task<IReadOnlyList<(string Name, string Content)>> In(string folder, string pattern = "*")
    {
        var found = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        {
            try
            {
                await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var memory = new MemoryStream();
                await open.CopyToAsync(memory);
                found.Add((Path.GetRelativePath(folder, file), Encoding.Latin1.GetString(memory.ToArray())));
            }
            catch (FileNotFoundException)
            {
                // SQLite removes its side files when the last connection closes; what is gone cannot be read.
            }
        }
        return found.Count > 0 ? found : throw new InvalidOperationException($"There is no file {pattern} in {folder}.");
    }
}
