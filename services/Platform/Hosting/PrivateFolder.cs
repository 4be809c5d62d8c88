namespace Recruitment.Platform;

/// <summary>A folder that only the account of this process can enter: databases and keys lie there side by side.</summary>
public static class PrivateFolder
{
    /// <summary>Makes it where it is missing. A folder that an operator made keeps the access he gave it.</summary>
    public static DirectoryInfo Make(string path)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The folder {path} cannot be made or written: name one that can with DataFolder.", refused);
        }
    }
}
