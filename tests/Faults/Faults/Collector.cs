using Recruitment.Testing;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>The operator's collector of traces and figures, which keeps all it is sent in a file for as long as a run lasts.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly OtlpReceiver receiver;

    private Collector(OtlpReceiver receiver, string file) => (this.receiver, File) = (receiver, file);

    public string File { get; }

    /// <summary>Less often than where a test waits for it: nine programs send here for hours.</summary>
    public Dictionary<string, string> Settings => new(receiver.Settings) { ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000", ["OTEL_BSP_SCHEDULE_DELAY"] = "1000" };

    public static async Task<Collector> Start()
    {
        var file = Path.GetTempFileName();
        return new(await OtlpReceiver.Start(file), file);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        System.IO.File.Delete(File);
    }
}
