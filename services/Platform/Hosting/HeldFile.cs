namespace Recruitment.Platform;

/// <summary>A file that one process holds at a time. The system takes it back from whoever ends, however it ends.</summary>
public static class HeldFile
{
    /// <summary>Another holds it, as Linux and as Windows number that.</summary>
    private const int WouldBlock = 11, SharingViolation = unchecked((int)0x80070020);

    /// <summary>Held until it is disposed; null while another process, or another part of this one, holds it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be written.</exception>
    public static FileStream? TryTake(string file, string setting)
    {
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(file, how);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new InvalidOperationException($"{file} cannot be written: give this account the folder, or name another with {setting}.", refused);
        }
        catch (IOException held) when (held.HResult is WouldBlock or SharingViolation)
        {
            return null;
        }
    }
}
