using System.Runtime.InteropServices;

namespace Recruitment.Platform;

/// <summary>Whatever this process writes is for its own account alone, wherever the operator lets it write: databases, their logs, exports.</summary>
public static class PrivateFiles
{
    private const uint GroupAndOthers = 0b000_111_111;

    /// <summary>Takes hold for the whole process. Windows has no such mask; there the folder's own rules hold.</summary>
    public static void Only()
    {
        if (!OperatingSystem.IsWindows()) _ = Mask(GroupAndOthers);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Mask(uint mask);
}
