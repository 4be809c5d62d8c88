using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>How every program starts: what keeps it from starting is one sentence for whoever started it; the log above has the rest.</summary>
public static class Starting
{
    /// <summary>As an argument: bring the tables up to date and end, before the program itself is started or replaced.</summary>
    private const string Migrate = "--migrate";

    private const string Help = """
        Starts this program of the product; Ctrl-C ends it.
          --urls http://HOST:PORT    where it listens
          --NAME VALUE               any setting of docs/operations.md, or in the environment as NAME (a colon in a name is written __ there)
          --migrate                  brings its tables up to date, and ends
        """;

    public static async Task Run(string[] args, Func<string[], WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        if (args.Any(a => a is "--help" or "-h" or "-?"))
        {
            await Console.Out.WriteLineAsync(Help);
            return;
        }
        Exception? broken = null;
        var (stopping, started, dataFolder) = (CancellationToken.None, CancellationToken.None, new PlatformOptions().DataFolder);
        try
        {
            // Taken out: the next argument would be read as its value.
            string[] given = [.. args.Where(a => a != Migrate)];
            if (IsOwnProcess(build)) Arguments.Check(given);
            var app = build(given);
            (stopping, started) = (app.Lifetime.ApplicationStopping, app.Lifetime.ApplicationStarted);
            dataFolder = app.Configuration[nameof(PlatformOptions.DataFolder)] ?? dataFolder;
            var databases = app.Services.GetServices<DatabaseName>().ToList();
            KnownSettings.Check(app.Configuration, app.Services.GetServices<OwnSettings>(), databases.Select(d => d.Name));
            if (IsOwnProcess(build) && app.Services.GetService<BusKind>() is { } bus)
            {
                if (MissingDatabase(bus, databases, app.Configuration, app.Services.GetRequiredService<IOptions<PlatformOptions>>().Value.DataFolder) is { } missing) throw new InvalidOperationException(missing);
                if (!args.Contains(Migrate) && bus.WhyNot is { } sentence) throw new InvalidOperationException(sentence);
            }
            if (args.Contains(Migrate)) await MigrateAll(app);
            else
            {
                await using (app)
                {
                    try
                    {
                        await app.StartAsync();
                        await ToldToStop(app.Lifetime);
                    }
                    finally
                    {
                        // Before anything is stopped: what breaks while it is being stopped is no failure of the program.
                        broken = BrokenWork(app.Services);
                    }
                    await app.StopAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while it was starting.
        }
        catch (Exception wrong) when (IsOwnProcess(build) && (NoRoom.Sentence(wrong, dataFolder) ?? SentenceOf(wrong)) is { } sentence)
        {
            await Say(started.IsCancellationRequested ? "Stopped" : "Not started", sentence);
        }
        catch (Exception unforeseen) when (IsOwnProcess(build) && !started.IsCancellationRequested)
        {
            // A crash would say the same, and leave whoever started it with its dump.
            await Console.Error.WriteLineAsync(unforeseen.ToString());
            await Say("Not started", $"{OneLine(unforeseen)}. The lines above have all of it.");
        }
        // The host stops for it and is content, and whoever looks after this program would not start it again.
        if (broken is not null && IsOwnProcess(build)) await Say(started.IsCancellationRequested ? "Stopped" : "Not started", $"{OneLine(broken.GetBaseException())}. The lines above have all of it.");
    }

    private static async Task ToldToStop(IHostApplicationLifetime program)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = program.ApplicationStopping.Register(told.SetResult);
        await told.Task;
    }

    private static AggregateException? BrokenWork(IServiceProvider services) => services.GetServices<IHostedService>().OfType<BackgroundService>().Select(work => work.ExecuteTask)
        .Where(task => task is { IsCompleted: true, IsCompletedSuccessfully: false }).Select(task => task!.Exception ?? new AggregateException(new TaskCanceledException(task))).FirstOrDefault();

    private static string OneLine(Exception unforeseen) => $"{unforeseen.GetType().Name}, which nobody foresaw: {unforeseen.Message.Split('\n')[0].TrimEnd('\r', '.')}";

    private static async Task Say(string what, string sentence)
    {
        await Console.Error.WriteLineAsync($"{what}: {sentence}");
        Environment.ExitCode = 1;
    }

    /// <summary>
    /// A service alone that begins a file of its own would be healthy, without all that was kept, and take events off the queues of those that have it. One that had such a file goes on
    /// with it, and a demonstration of Identity or the web alone may begin one: neither hears anything, and its people are invented.
    /// </summary>
    private static string? MissingDatabase(BusKind bus, IEnumerable<DatabaseName> databases, IConfiguration configuration, string folder) =>
        bus.IsAlone && !(bus.Services == 0 && configuration[nameof(PlatformOptions.Mode)] == PlatformOptions.Demonstration) && databases.FirstOrDefault(d => d.IsFile && !File.Exists(Path.Combine(folder, $"{d.Name}.db"))) is { } file
            ? $"ConnectionStrings:{file.Name} is missing: this service runs alone, and would begin with an empty file instead of what is kept. Give it, or start the program that has all services in it."
            : null;

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
        IOException { InnerException: AddressInUseException } => $"{wrong.Message.TrimEnd('.')}. Stop what listens there, or choose another port with urls.",
        IOException => wrong.Message, // a file that is none
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "urls names an address that this machine does not have: write one of its own, or http://0.0.0.0:PORT.",
        _ => null,
    };
}

/// <summary>Tables that this program brings up to date before it uses them, and on <c>--migrate</c>.</summary>
public sealed record DatabaseTables(Func<CancellationToken, Task> BringUpToDate);
