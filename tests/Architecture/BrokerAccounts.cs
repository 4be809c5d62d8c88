using System.Text.RegularExpressions;
using Recruitment.Platform;

namespace Recruitment.Architecture.Tests;

/// <summary>What each service needs at the broker, from what it hears and what it makes. Each name is written out: no service gets at what begins like its own.</summary>
internal static class BrokerAccounts
{
    public static List<string> Of(Subscriptions subscriptions) => [.. Solution.Services.Keys.Append("Web").Select(service =>
    {
        var mine = subscriptions.All.Where(s => s.ConsumerType.Namespace!.StartsWith($"Recruitment.{service}.", StringComparison.Ordinal)).ToList();
        var queues = mine.SelectMany(s => new[] { s.Queue, s.DeadQueue }).ToList();
        var heard = mine.Select(s => Exchange(s.EventType)).ToList();
        var published = Solution.Services.TryGetValue(service, out var assembly)
            ? Rules.Made(assembly).Where(t => t.Namespace == $"Recruitment.Contracts.{service}" && t.GetProperty("Epoch") is not null).Select(Exchange).ToList()
            : [];
        return $"{service.ToLowerInvariant()} {Any([.. queues, .. heard, .. published])} {Any([.. queues, .. published])} {Any([.. queues, .. heard])}";
    }).Order(StringComparer.Ordinal)];

    /// <summary>Where each event goes, as the bus declares it.</summary>
    public static List<string> Queues(Subscriptions subscriptions) =>
        [.. subscriptions.All.Select(s => $"{Exchange(s.EventType)} {s.Queue} {Messaging.Deliveries}").Order(StringComparer.Ordinal)];

    /// <summary>As the bus names it.</summary>
    private static string Exchange(Type happened) => $"{happened.Namespace}:{happened.Name}";

    /// <summary>Without a backslash, which JSON and shells read each in their own way.</summary>
    private static string Any(IReadOnlyList<string> names) => names.Count == 0
        ? "^$"
        : $"^({string.Join('|', names.Distinct().Order(StringComparer.Ordinal).Select(n => Regex.Escape(n).Replace("\\.", "[.]", StringComparison.Ordinal)))})$";
}
