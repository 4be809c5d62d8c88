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

    /// <summary>The latest review of each wording that was ever looked at.</summary>
    public static async Task<IReadOnlyList<TextReview>> Of(WebDb db, CancellationToken stop) =>
    [
        .. (await db.TextReviews.AsNoTracking().ToListAsync(stop)).GroupBy(r => (r.Area, r.Language, r.Key, r.Hash)).Select(g => g.OrderBy(r => r.At).ThenBy(r => r.Id).Last()),
    ];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which texts are reviewed could not be read ({Kind}): what was known before stands")]
    private static partial void NotRead(ILogger log, string kind);
}

/// <summary>The reviewed wordings of one moment.</summary>
internal sealed class Reviewed(IEnumerable<TextReview> latest)
{
    private readonly FrozenSet<(string, string, string, string)> reviewed = latest.Where(r => r.IsReviewed).Select(r => (r.Area, r.Language, r.Key, r.Hash)).ToFrozenSet();

    public bool Has(Wording wording) => reviewed.Contains((wording.Area, wording.Language, wording.Key, wording.Hash));
}
