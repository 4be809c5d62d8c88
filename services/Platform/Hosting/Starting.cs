using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>How every program starts: what keeps it from starting is one sentence for whoever started it; the log above has the rest.</summary>
public static class Starting
{
    /// <summary>As an argument: bring the tables up to date and end, before the program itself is started or replaced.</summary>
    private const string Migrate = "--migrate";

    public static async Task Run(string[] args, Func<string[], WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            // Taken out: the next argument would be read as its value.
            var app = build([.. args.Where(a => a != Migrate)]);
            if (args.Contains(Migrate)) await MigrateAll(app);
            else await app.RunAsync();
        }
        catch (Exception wrong) when (IsOwnProcess(build) && SentenceOf(wrong) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"Not started: {sentence}");
            Environment.ExitCode = 1;
        }
    }

    private static async Task MigrateAll(WebApplication app)
    {
        await using (app)
        {
            foreach (var tables in app.Services.GetServices<DatabaseTables>()) await tables.BringUpToDate(CancellationToken.None);
        }
    }

    /// <summary>A test that starts a program inside its own process is told what was thrown.</summary>
    private static bool IsOwnProcess(Delegate build) => Assembly.GetEntryAssembly() == build.Method.Module.Assembly;

    private static string? SentenceOf(Exception wrong) => wrong switch
    {
        OptionsValidationException options => string.Join(' ', options.Failures),
        InvalidOperationException => wrong.Message,
        IOException => wrong.Message, // an address that is taken, a file that is none
        _ => null,
    };
}

/// <summary>Tables that this program brings up to date before it uses them, and on <c>--migrate</c>.</summary>
public sealed record DatabaseTables(Func<CancellationToken, Task> BringUpToDate);
