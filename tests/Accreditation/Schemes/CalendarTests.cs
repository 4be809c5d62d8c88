using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Schemes;

/// <summary>Somebody has to look at a calendar again, and is told so.</summary>
public sealed class CalendarTests
{
    private const string Address = $"{AccreditationApp.Root}/calendar";

    [Fact]
    public async Task A_calendar_to_be_looked_at_again_is_said_once_a_day_in_the_log_and_to_the_administrator()
    {
        using var log = new Warnings();
        await using var host = await ServiceHost<Program>.Start("accreditation", services: services => services.AddSingleton<ILoggerProvider>(log));
        var administrator = host.Client(Roles.Administrator);
        var calendar = (await administrator.GetFromJsonAsync<JsonObject>(Address))!;
        Assert.Equal(("THA", "Asia/Bangkok", "unchecked", false), (Text("name"), Text("zone"), Text("review"), calendar["recheckIsOver"]!.GetValue<bool>()));
        var recheckAfter = DateOnly.ParseExact(Text("recheckAfter"), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        await Reach(recheckAfter);
        Assert.Empty(log.Of("THA"));
        await Reach(recheckAfter.AddDays(1));
        Assert.Contains(Text("recheckAfter"), Assert.Single(log.Of("THA")), StringComparison.Ordinal);
        Assert.True((await administrator.GetFromJsonAsync<JsonObject>(Address))!["recheckIsOver"]!.GetValue<bool>());
        await Reach(recheckAfter.AddDays(2));
        Assert.Equal(2, log.Of("THA").Count);

        string Text(string name) => calendar[name]!.GetValue<string>();

        async Task Reach(DateOnly day)
        {
            host.Services.GetRequiredService<BusinessClock>().MoveTo(day);
            await DueWorkDone.Of<AccreditationDb>(host.Services, "recheck-calendar");
        }
    }

    private sealed class Warnings : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyList<string> Of(string word) => [.. lines.Where(l => l.Contains(word, StringComparison.Ordinal))];

        public ILogger CreateLogger(string categoryName) => new Category(lines);

        public void Dispose()
        {
        }

        private sealed class Category(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
