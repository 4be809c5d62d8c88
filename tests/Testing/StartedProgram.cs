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
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string? release;

    /// <param name="project">Which program.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="settings">By their names in code.</param>
    /// <param name="name">What it is called here; the project's if nothing is said.</param>
    /// <param name="release">The folder of another release's built programs, laid out as ours.</param>
    /// <param name="arguments">More than where it listens.</param>
    public StartedProgram(string project, Uri address, IReadOnlyDictionary<string, string> settings, string? name = null, string? release = null, IReadOnlyList<string>? arguments = null)
    {
        this.release = release;
        Name = name ?? project;
        this.project = project;
        this.address = address;
        this.settings = settings;
        var start = new ProcessStartInfo(Executable(project, release)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--urls={address.ToString().TrimEnd('/')}");
        foreach (var argument in arguments ?? []) start.ArgumentList.Add(argument);
        // By environment, as an operator would: arguments can be read by every user of the machine.
        foreach (var (setting, value) in settings) start.Environment[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Waits until it has ended by itself and its last line was heard.</summary>
    public async Task Ends()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
    }

    /// <summary>What it wrote so far, under its name.</summary>
    public string Output
    {
        get
        {
            lock (output) return $"--- {project}\n{output}";
        }
    }

    /// <summary>How many characters it wrote so far.</summary>
    public long Written
    {
        get
        {
            lock (output) return output.Length;
        }
    }

    /// <summary>For measuring it from outside.</summary>
    public int ProcessId => process.Id;

    /// <summary>Another process of it with the same settings, but for those given.</summary>
    public StartedProgram Again(IReadOnlyDictionary<string, string>? otherSettings = null, Uri? address = null)
    {
        var all = new Dictionary<string, string>(settings);
        foreach (var (setting, value) in otherSettings ?? new Dictionary<string, string>()) all[setting] = value;
        return new(project, address ?? this.address, all, Name, release);
    }

    /// <summary>Another process of it, of the release that is built here, with these settings if any are given.</summary>
    public StartedProgram Upgraded(IReadOnlyDictionary<string, string>? newSettings, Uri? address = null) => new(project, address ?? this.address, newSettings ?? settings, Name);

    /// <summary>Waits until the path answers 200.</summary>
    public Task Answers(string path) => Until(() => DoesAnswer(path), $"{project} did not answer {path}");

    /// <summary>Whether it says now that it is ready.</summary>
    public Task<bool> IsReady() => DoesAnswer("health/ready");

    private async Task<bool> DoesAnswer(string path)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await http.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
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
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Neither answers nor ends, like a machine that hangs, until <see cref="Thaw"/>.</summary>
    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    private async Task Signal(string name)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (process.HasExited) throw new InvalidOperationException($"{project} ended with {process.ExitCode}.\n{Output}");
            if (waited.Elapsed > TimeSpan.FromMinutes(4)) throw new TimeoutException($"{otherwise} within four minutes.\n{Output}");
            await Task.Delay(100);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output) output.AppendLine(line.Data);
    }

    /// <summary>Beside the tests' own output, in the same configuration: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string Executable(string project, string? release = null)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(release ?? mine.Parent!.Parent!.FullName, $"Recruitment.{project}", mine.Name, $"Recruitment.{project}");
    }
}
