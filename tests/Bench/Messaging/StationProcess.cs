using System.Diagnostics;
using System.Text;

namespace Recruitment.Bench.Messaging;

/// <summary>A station as a process of its own: asked by lines, measured and killed from outside.</summary>
internal sealed class StationProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string role;
    private readonly StringBuilder said = new();

    private StationProcess(Process process, string role) => (this.process, this.role) = (process, role);

    public int Id => process.Id;

    /// <summary>On this database and virtual host; returns when it is connected to both.</summary>
    public static async Task<StationProcess> Start(string role, string database, string broker, int prefetch = 16)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--station", role]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__told"] = database;
        start.Environment["ConnectionStrings__rabbitmq"] = broker;
        start.Environment["Prefetch"] = start.Environment["Messaging__Prefetch"] = $"{prefetch}";
        var station = new StationProcess(Process.Start(start)!, role);
        station.process.ErrorDataReceived += (_, line) =>
        {
            lock (station.said) station.said.AppendLine(line.Data);
        };
        station.process.BeginErrorReadLine();
        await station.Until("ready");
        return station;
    }

    /// <summary>Waits for the answer, however long that takes.</summary>
    public async Task<string> Ask(string order)
    {
        await process.StandardInput.WriteLineAsync(order);
        await process.StandardInput.FlushAsync();
        return await Line();
    }

    public double Megabytes(string which) => Product.Megabytes(process.Id, which);

    /// <summary>Seconds of processor time so far.</summary>
    public double ProcessorSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await Kill();
            }
        }
        process.Dispose();
    }

    private async Task Until(string line)
    {
        while (await Line() != line)
        {
        }
    }

    /// <summary>The next that is an answer; what the program logs stands indented or begins with a level.</summary>
    private async Task<string> Line()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("fail:", StringComparison.Ordinal) && !line.StartsWith("crit:", StringComparison.Ordinal)) return line;
            lock (said) said.AppendLine(line);
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The {role} ended with {process.ExitCode}: {said}");
    }
}
