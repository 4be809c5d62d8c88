using System.Diagnostics;
using System.Text;

namespace Recruitment.Testing;

/// <summary>One built program as a process of its own; stopped politely, then firmly.</summary>
public sealed class StartedProgram : IAsyncDisposable
{
    private readonly StringBuilder output = new();
    private readonly Process process;
    private readonly string project;
    private readonly Uri address;

    public StartedProgram(string project, Uri address, IReadOnlyDictionary<string, string> settings)
    {
        this.project = project;
        this.address = address;
        var start = new ProcessStartInfo(Executable(project)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--urls={address.ToString().TrimEnd('/')}");
        // By environment, as an operator would: arguments can be read by every user of the machine.
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far, under its name.</summary>
    public string Output
    {
        get
        {
            lock (output) return $"--- {project}\n{output}";
        }
    }

    /// <summary>For measuring it from outside.</summary>
    public int ProcessId => process.Id;

    /// <summary>Waits until the path answers 200.</summary>
    public async Task Answers(string path)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Until(async () =>
        {
            try
            {
                using var response = await http.GetAsync(path);
                return response.IsSuccessStatusCode;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }, $"{project} did not answer {path}");
    }

    /// <summary>Waits until it has written these words.</summary>
    public Task Says(string words) => Until(() => Task.FromResult(Output.Contains(words, StringComparison.Ordinal)), $"{project} did not say \"{words}\"");

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
    }

    /// <summary>Ends it; returns when its last line has been heard.</summary>
    public async Task Stop()
    {
        if (!process.HasExited)
        {
            using var polite = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await polite.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
    }

    /// <summary>kill -9: no chance to finish anything.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    private async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (process.HasExited) throw new InvalidOperationException($"{project} ended with {process.ExitCode}.\n{Output}");
            if (waited.Elapsed > TimeSpan.FromMinutes(2)) throw new TimeoutException($"{otherwise} within two minutes.\n{Output}");
            await Task.Delay(100);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output) output.AppendLine(line.Data);
    }

    /// <summary>Beside the tests' own output, in the same configuration: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string Executable(string project)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(mine.Parent!.Parent!.FullName, $"Recruitment.{project}", mine.Name, $"Recruitment.{project}");
    }
}
