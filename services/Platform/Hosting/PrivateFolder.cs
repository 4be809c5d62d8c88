namespace Recruitment.Platform;

/// <summary>A folder that only the account of this process can enter: databases and keys lie there side by side.</summary>
public static class PrivateFolder
{
    /// <summary>Makes it where it is missing. A folder that an operator made keeps the access he gave it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="setting">By which whoever started the program names another.</param>
    public static DirectoryInfo Make(string path, string setting = nameof(PlatformOptions.DataFolder))
    {
        if (path.Length == 0) throw new InvalidOperationException($"{setting} is empty: name a folder, or take the setting out.");
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(CannotBe(path, setting), refused);
        }
    }

    /// <summary>Makes it where it is missing, and sees that a file can be written there.</summary>
    public static void Probe(string path)
    {
        Make(path);
        try
        {
            using var probe = File.Create(Path.Combine(path, $".{Path.GetRandomFileName()}"), 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(CannotBe(path, nameof(PlatformOptions.DataFolder)), refused);
        }
    }

    private static string CannotBe(string path, string setting) => $"The folder {path} cannot be made or written: name one that can with {setting}.";
}
