using System.Diagnostics;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Independent;

/// <summary>Programs of others, which run on Node.js and are restored by what package-lock.json says, when the tests run.</summary>
internal static class Node
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Identity", "Independent");
    private static readonly Lazy<Task<string?>> Restored = new(Restore);

    /// <summary>Why these programs do not run on this machine; null when they do.</summary>
    public static Task<string?> WhyNot() => Restored.Value;

    public static Process Start(string script, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("node", [script]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string script, IReadOnlyDictionary<string, string> settings)
    {
        using var process = Start(script, settings);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static async Task<string?> Restore()
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? null : $"not run here: npm ci failed: {(await output + await errors).Split('\n')[0]}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not run here: there is no npm";
        }
    }
}
