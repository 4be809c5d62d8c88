using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Recruitment.Platform;

/// <summary>Puts a finished file under its name, unless another process was first. File.Move without overwriting only looks before it renames, so two could both win.</summary>
internal static class FirstFile
{
    private const int AlreadyExists = 17;

    /// <summary>Whoever was first, <paramref name="file"/> exists afterwards and is whole, and <paramref name="finished"/> is gone.</summary>
    public static void Place(string finished, string file)
    {
        if (OperatingSystem.IsWindows())
        {
            // There the system itself refuses to move onto a file.
            try
            {
                File.Move(finished, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(finished);
            }
            return;
        }
        var refused = Link(finished, file) == 0 ? 0 : Marshal.GetLastPInvokeError();
        File.Delete(finished);
        if (refused == 0) DurableFile.FlushFolderOf(file);
        if (refused is not (0 or AlreadyExists)) throw new IOException($"{file} could not be written: {new Win32Exception(refused).Message}", refused);
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
