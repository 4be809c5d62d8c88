using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Register.Wording;

namespace Recruitment.Register.Listings;

/// <summary>GET /recruiters (anybody): recruiters with a public status, by part of a name and country.</summary>
internal static class SearchRecruiters
{
    public sealed record Line(Guid Id, string Name, string Country, string Status, string StatusText, DateOnly? Since, DateOnly? ValidTo);

    /// <remarks>Next: send it as cursor for the next page; null on the last. Note: what a search without result means.</remarks>
    public sealed record Response(DateOnly AsOf, IReadOnlyList<Line> Items, string? Next, string? Note, string NoFee, string Standard, string Caveat);

    private const int PageSize = 20;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/recruiters", Handle).WithName(nameof(SearchRecruiters)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        RegisterDb db, BusinessClock clock, CancellationToken stop, string? query = null, string? country = null, string? cursor = null)
    {
        if (query is { Length: > 200 }) return Problems.Bad("query-too-long", "Search for part of a name, 200 characters at most.");
        if (!TryRead(cursor, out var after)) return Problems.UnknownCursor();

        var found = db.Recruiters.AsNoTracking().Where(r => r.IsListed);
        var wanted = country?.ToUpperInvariant();
        if (wanted is { Length: > 0 }) found = found.Where(r => r.Country == wanted);
        if (query is not null && Names.Fold(query) is { Length: > 0 } folded) found = found.Where(Matches(db, folded));
        if (after is { } from) found = found.Where(r => r.SortName.CompareTo(from.Name) > 0 || (r.SortName == from.Name && r.Id.CompareTo(from.Id) > 0));
        var page = await found.OrderBy(r => r.SortName).ThenBy(r => r.Id).Take(PageSize + 1).ToListAsync(stop);
        var next = page.Count > PageSize ? Cursor(page[PageSize - 1]) : null;

        var ids = page.Take(PageSize).Select(r => r.Id).ToList();
        var listings = (await db.Listings.AsNoTracking().Include(l => l.History).Where(l => ids.Contains(l.RecruiterId)).ToListAsync(stop)).ToLookup(l => l.RecruiterId);
        var lines = page.Take(PageSize).Where(r => listings[r.Id].Any()).Select(r => LineOf(r, listings[r.Id].MaxBy(l => (l.DecidedOn, l.Id))!, clock.Today)).ToList();
        return TypedResults.Ok(new Response(clock.Today, lines, next, lines.Count == 0 ? Wordings.NoRecord : null, Wordings.NoFee, Wordings.Standard, Wordings.Caveat));
    }

    /// <summary>Most of the grams of what was typed: a slip of the finger still finds the name.</summary>
    private static System.Linq.Expressions.Expression<Func<Recruiter, bool>> Matches(RegisterDb db, string folded)
    {
        var grams = Names.Grams(folded);
        var enough = Math.Max(1, (grams.Count * 6 + 9) / 10);
        var near = db.Sharing(grams).Where(s => s.Grams >= enough).Select(s => s.RecruiterId);
        return r => near.Contains(r.Id) || r.SortName.Contains(folded);
    }

    private static Line LineOf(Recruiter recruiter, Listing listing, DateOnly today)
    {
        var status = listing.StatusOn(today);
        var since = status == "expired" ? listing.ValidTo?.AddDays(1) : listing.History.OrderBy(h => h.Number).LastOrDefault()?.On ?? listing.DecidedOn;
        return new(recruiter.Id, recruiter.Name, recruiter.Country, status, Wordings.Status(status), since, listing.ValidTo);
    }

    private static string Cursor(Recruiter last) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{last.Id:N}{last.SortName}"));

    private static bool TryRead(string? cursor, out (string Name, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(cursor)) return true;
        if (!System.Buffers.Text.Base64Url.IsValid(cursor)) return false;

        var text = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor));
        if (text.Length < 32 || !Guid.TryParseExact(text[..32], "N", out var id)) return false;
        after = (text[32..], id);
        return true;
    }
}
