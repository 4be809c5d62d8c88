using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.TextReviews;

/// <summary>Which wordings count as reviewed, as known to this process: what the database said a few seconds ago.</summary>
/// <remarks>Pages for workers ask for each request. While the database is away the last answer stands, and before the first one everything is a draft.</remarks>
internal sealed partial class ReviewedTexts(IServiceScopeFactory scopes, TimeProvider time, ILogger<ReviewedTexts> log)
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private volatile Answer last = new(DateTimeOffset.MinValue, new([]));

    private sealed record Answer(DateTimeOffset ReadAt, Reviewed Texts);

    public async Task<Reviewed> Now(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if ((now - last.ReadAt).Duration() < FreshFor) return last.Texts;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            last = new(now, new(await Of(scope.ServiceProvider.GetRequiredService<WebDb>(), stop)));
        }
        catch (Exception problem) when (problem is not OutOfMemoryException && !stop.IsCancellationRequested)
        {
            last = last with { ReadAt = now };
            NotRead(log, problem.GetType().Name);
        }
        return last.Texts;
    }

    /// <summary>What counts: the latest review of each wording that was ever looked at.</summary>
    /// <remarks>After a restore nothing does, until somebody has looked through the language: what was taken back since the copy would count again.</remarks>
    public static async Task<IReadOnlyList<TextReview>> Of(WebDb db, CancellationToken stop)
    {
        var latest = (await db.TextReviews.AsNoTracking().ToListAsync(stop)).GroupBy(r => (r.Area, r.Language, r.Key, r.Hash)).Select(g => g.OrderBy(r => r.At).ThenBy(r => r.Id).Last()).ToList();
        if (await db.RestoredBy(stop) is not { } restore) return latest;

        var lookedThrough = latest.Where(r => r.Area == TextReview.OfRestores && r.Key == restore).Select(r => r.Language).ToHashSet();
        return latest.FindAll(r => lookedThrough.Contains(r.Language));
    }

    /// <summary>The restore since which nobody has looked through this language; null when there is none.</summary>
    public static async Task<string?> ToLookThrough(WebDb db, string language, CancellationToken stop) =>
        await db.RestoredBy(stop) is { } restore && !await db.TextReviews.AnyAsync(r => r.Area == TextReview.OfRestores && r.Key == restore && r.Language == language, stop) ? restore : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which texts are reviewed could not be read ({Kind}): what was known before stands")]
    private static partial void NotRead(ILogger log, string kind);
}

/// <summary>The reviewed wordings of one moment.</summary>
internal sealed class Reviewed(IEnumerable<TextReview> latest)
{
    private readonly FrozenSet<(string, string, string, string)> reviewed = latest.Where(r => r.IsReviewed).Select(r => (r.Area, r.Language, r.Key, r.Hash)).ToFrozenSet();

    public bool Has(Wording wording) => reviewed.Contains((wording.Area, wording.Language, wording.Key, wording.Hash));
}
