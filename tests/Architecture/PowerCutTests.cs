using System.Text.RegularExpressions;

namespace Recruitment.Architecture.Tests;

/// <summary>What is moved into place is on the disk first: a power cut would leave the new name with nothing under it, and the old content gone.</summary>
public sealed partial class PowerCutTests
{
    [Fact]
    public void Nothing_is_moved_into_place_before_it_is_on_the_disk() => Assert.Empty(Solution.SourceFiles()
        .Where(file => !Path.GetRelativePath(Solution.Root, file).StartsWith("tests", StringComparison.Ordinal))
        // It moves what others have written, and they are looked at.
        .Where(file => Path.GetFileName(file) is not ("FirstFile.cs" or "DurableFile.cs"))
        .Where(file => MovesTooSoon(File.ReadAllText(file))).Select(Path.GetFileName));

    [Theory]
    [InlineData("await mail.WriteToAsync(aside, stop); File.Move(aside, file, overwrite: true);", true)]
    [InlineData("File.WriteAllBytes(aside, secret); FirstFile.Place(aside, file);", true)]
    [InlineData("await lines.FlushAsync(stop); DurableFile.Replace(aside, file);", true)]
    [InlineData("written.Flush(flushToDisk: true); DurableFile.Replace(aside, file);", false)]
    [InlineData("written.Flush(flushToDisk: true); File.Move(aside, file, overwrite: true);", false)]
    [InlineData("File.Move(aside, file, overwrite: true); written.Flush(flushToDisk: true);", true)]
    [InlineData("first.Flush(flushToDisk: true); File.Move(aside, file); File.WriteAllText(aside, more); File.Move(aside, other);", true)]
    [InlineData("File.WriteAllBytes(mark, []);", false)]
    public void A_file_that_is_moved_too_soon_is_found(string source, bool found) => Assert.Equal(found, MovesTooSoon(source));

    /// <summary>What was flushed before the move before it is another file's.</summary>
    private static bool MovesTooSoon(string source)
    {
        var from = 0;
        foreach (Match move in Moved().Matches(source))
        {
            if (!source[from..move.Index].Contains("flushToDisk: true", StringComparison.Ordinal)) return true;
            from = move.Index;
        }
        return false;
    }

    [GeneratedRegex(@"File\.Move\(|FirstFile\.Place\(|DurableFile\.Replace\(")]
    private static partial Regex Moved();
}
