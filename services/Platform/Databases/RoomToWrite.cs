using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Whether the data folder takes anything now. Asked with a small file of its own beside the databases: a write to one of them would take the turn of its one writer.</summary>
internal sealed class RoomToWrite(IOptions<PlatformOptions> options, TimeProvider time)
{
    /// <summary>Whoever asks more often is told what was found before.</summary>
    internal static readonly TimeSpan Holds = TimeSpan.FromSeconds(3);

    /// <summary>Less than this is no room for a case or a list.</summary>
    private const int Needed = 64 << 10;

    private readonly Lock turn = new();
    private long? askedAt;
    private bool isThere;

    public bool IsThere()
    {
        lock (turn)
        {
            if (askedAt is { } at && time.GetElapsedTime(at) < Holds) return isThere;
            (isThere, askedAt) = (Takes(), time.GetTimestamp());
            return isThere;
        }
    }

    private bool Takes()
    {
        try
        {
            // Always the same name: one that a crash leaves is written over.
            using var file = new FileStream(Path.Combine(options.Value.DataFolder, ".room"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
            file.Write(new byte[Needed]);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
