using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Recruitment.Grievances.Tests;

/// <summary>What a service wrote to its log from warnings upwards, as an operator reads it.</summary>
internal sealed partial class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyList<string> All => [.. lines];

    /// <summary>Each line once, without what differs from one time to the next.</summary>
    public IReadOnlyList<string> Kinds => [.. lines.Select(line => Changing().Replace(line, "…")).Distinct().Order(StringComparer.Ordinal)];

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines);

    public void Dispose()
    {
    }

    [GeneratedRegex("[0-9a-fA-F-]{36}|[0-9a-f]{32}|[0-9]+")]
    private static partial Regex Changing();

    private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue($"{logLevel} {name}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.GetBaseException().Message}");
        }
    }
}
