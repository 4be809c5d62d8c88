using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>Messages as earlier code wrote them into its outbox (tests/Contracts/Recorded), sent by today's relay and heard by today's consumers.</summary>
public static class RecordedMessages
{
    /// <summary>Hands over every recording that the service hears, and waits until each of its consumers has done with it.</summary>
    /// <returns>Of each the contract, and the state that was recorded: what a consumer heard is that or a newer one.</returns>
    /// <exception cref="InvalidOperationException">One of them became a dead letter, or its state was not heard.</exception>
    public static async Task<IReadOnlyList<string>> Replay<TProgram, TDb>(ServiceHost<TProgram> host)
        where TProgram : class
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(host);
        var all = host.Services.GetRequiredService<Subscriptions>().All;
        var heard = Directory.GetFiles(Folder, "*.json").Select(Recording.Read).Where(r => all.Any(s => s.EventType.FullName == r.Type)).OrderBy(r => r.Type, StringComparer.Ordinal).ThenBy(r => r.Sequence).ToList();
        foreach (var recording in heard)
        {
            await using (var scope = host.Services.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<TDb>();
                db.Outbox.Add(new() { Id = recording.Id, Type = recording.Type, Body = recording.Body, CreatedAt = DateTime.UtcNow, NotBefore = DateTime.UtcNow });
                await db.SaveChangesAsync();
            }
            await Wait.Until(async () =>
            {
                await using var scope = host.Services.CreateAsyncScope();
                foreach (var subscription in all.Where(s => s.EventType.FullName == recording.Type))
                {
                    if ((await subscription.Handled(scope.ServiceProvider, [recording.Id], CancellationToken.None)).Count == 0) return false;
                }
                return true;
            }, $"nobody handled {recording.Type}");
        }
        await using var after = host.Services.CreateAsyncScope();
        var rows = after.ServiceProvider.GetRequiredService<TDb>();
        if (await rows.DeadLetters.AsNoTracking().Select(d => d.Reason).FirstOrDefaultAsync() is { } why) throw new InvalidOperationException($"An earlier message became a dead letter: {why}");
        foreach (var newest in heard.GroupBy(r => r.Type).Select(g => g.MaxBy(r => r.Sequence)!))
        {
            foreach (var consumer in all.Where(s => s.EventType.FullName == newest.Type).Select(s => s.Consumer))
            {
                if (!await rows.Heard.AsNoTracking().AnyAsync(h => h.Consumer == consumer && h.SubjectId == newest.Subject && h.Sequence == newest.Sequence)) throw new InvalidOperationException($"{consumer} did not hear {newest.Type}.");
            }
        }
        return [.. heard.Select(r => r.Type).Distinct()];
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "Contracts", "Recorded");

    private sealed record Recording(Guid Id, string Type, string Body, Guid Subject, long Sequence)
    {
        /// <summary>What a contract is about stands first in it.</summary>
        public static Recording Read(string file)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var body = File.ReadAllText(file);
            using var json = JsonDocument.Parse(body);
            return new(Guid.CreateVersion7(), "Recruitment.Contracts." + name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], body, json.RootElement.EnumerateObject().First().Value.GetGuid(), json.RootElement.GetProperty(nameof(Sequence)).GetInt64());
        }
    }
}
