using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recruitment.Platform;

/// <summary>Puts a finished file, flushed to disk, in the place of another, so that a power cut finds the old one or the new one: the name itself is flushed with its folder.</summary>
public static class DurableFile
{
    private const int CannotBeFlushed = 22;

    public static void Replace(string finished, string file)
    {
        File.Move(finished, file, overwrite: true);
        FlushFolderOf(file);
    }

    internal static void FlushFolderOf(string file)
    {
        if (!OperatingSystem.IsLinux()) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var opened = Open(folder, 0);
        if (opened < 0) throw Refused(folder);
        try
        {
            // Some file systems, such as those of other machines, have nothing to flush there.
            if (Flush(opened) != 0 && Marshal.GetLastPInvokeError() != CannotBeFlushed) throw Refused(folder);
        }
        finally
        {
            _ = Close(opened);
        }
    }

    private static IOException Refused(string folder) => new($"{folder} could not be flushed to disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}", Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int how);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int opened);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int opened);
}
