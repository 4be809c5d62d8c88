using System.Diagnostics;
using System.Globalization;

namespace Recruitment.Testing;

/// <summary>A disk of the product's own that can be filled to the last byte. Only where the machine lets us mount one.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly string folder;
    private bool isSomebodyElses;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Null where it is not permitted.</summary>
    public static async Task<SmallDisk?> TryMake(string folder, int megabytes = 400) =>
        await Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=700"), "tmpfs", folder) ? new(folder) : null;

    /// <summary>One that somebody else mounted; null where there is none.</summary>
    public static async Task<SmallDisk?> At(string folder) => await Run("mountpoint", "-q", folder) ? new(folder) { isSomebodyElses = true } : null;

    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            // Smaller and smaller, until not one byte more has room.
            for (var piece = new byte[1 << 20]; piece.Length > 0;)
            {
                try
                {
                    while (true) ballast.Write(piece);
                }
                catch (IOException)
                {
                    piece = new byte[piece.Length / 2];
                }
            }
        }
        catch (IOException)
        {
            // Closing it may say so once more.
        }
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        if (!isSomebodyElses) await Run("umount", "--lazy", folder);
    }

    private string Ballast => Path.Combine(folder, "ballast");

    private static async Task<bool> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
