using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Register.Wording;

namespace Recruitment.Register.Listings;

/// <summary>GET /recruiters/{id} (anybody): the answer in ten seconds, and what always stands beside it.</summary>
internal static class GetRecruiter
{
    public sealed record Response(
        Guid Id, string Name, string Country, DateOnly AsOf, IReadOnlyList<Assessment> Assessments, IReadOnlyList<LookAlike> LookAlikes,
        string Document, string Standard, string Caveat, string NoFee, string Licence);

    /// <remarks>Corridors: those in scope, as "ORI-DES"; the assessment says nothing about others.</remarks>
    public sealed record Assessment(
        string Status, string StatusText, DateOnly? Since, string? Reason, string SchemeCode, string SchemeVersion, IReadOnlyList<string> Corridors,
        DateOnly? DecidedOn, DateOnly? ValidFrom, DateOnly? ValidTo, IReadOnlyList<Line> History);

    public sealed record Line(string Status, string StatusText, DateOnly On, string? Reason);

    public sealed record LookAlike(Guid Id, string Name, string Country);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/recruiters/{id:guid}", Handle).WithName(nameof(GetRecruiter)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, RegisterDb db, BusinessClock clock, CancellationToken stop)
    {
        var recruiter = await db.Recruiters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.IsListed, stop);
        if (recruiter is null) return Problems.Of(StatusCodes.Status404NotFound, "no-record", Wordings.NoRecord);

        var listings = await db.Listings.AsNoTracking().Include(l => l.History).Where(l => l.RecruiterId == id).ToListAsync(stop);
        return TypedResults.Ok(new Response(
            id, recruiter.Name, recruiter.Country, clock.Today,
            [.. listings.OrderByDescending(l => l.DecidedOn).ThenByDescending(l => l.Id).Select(l => AssessmentOf(l, clock.Today))],
            await LookAlikes(db, recruiter, stop), Wordings.Document, Wordings.Standard, Wordings.Caveat, Wordings.NoFee, Wordings.Licence));
    }

    private static Assessment AssessmentOf(Listing listing, DateOnly today)
    {
        var status = listing.StatusOn(today);
        var history = listing.History.OrderBy(h => h.Number).Select(h => new Line(h.Status, Wordings.Status(h.Status), h.On, Wordings.Reason(h.Reason))).ToList();
        if (status == "expired" && listing.Status != "expired") history.Add(new("expired", Wordings.Status("expired"), listing.ValidTo!.Value.AddDays(1), null));
        return new(status, Wordings.Status(status), history.LastOrDefault()?.On, status == listing.Status ? Wordings.Reason(listing.StatusReason) ?? (status is "suspended" or "withdrawn" ? Wordings.NoReason : null) : null,
            listing.SchemeCode, listing.SchemeVersion, listing.Corridors, listing.DecidedOn, listing.ValidFrom, listing.ValidTo, history);
    }

    /// <summary>Listed names that a hurried reader could take for this one.</summary>
    private static async Task<List<LookAlike>> LookAlikes(RegisterDb db, Recruiter recruiter, CancellationToken stop)
    {
        var grams = Names.Grams(recruiter.Name);
        var (count, enough) = (grams.Count, Math.Max(1, grams.Count / 3));
        // The likest first, before the list is cut: a name has about as many grams as letters.
        var near = await db.Sharing(grams).Where(s => s.Grams >= enough && s.RecruiterId != recruiter.Id)
            .Join(db.Recruiters.AsNoTracking().Where(r => r.IsListed), s => s.RecruiterId, r => r.Id, (s, r) => new { Recruiter = r, s.Grams })
            .OrderByDescending(n => 1000 * n.Grams / (count + n.Recruiter.SortName.Length + 1 - n.Grams)).ThenBy(n => n.Recruiter.SortName).ThenBy(n => n.Recruiter.Id)
            .Take(50).Select(n => n.Recruiter).ToListAsync(stop);
        return
        [
            .. near.Select(r => (Recruiter: r, Likeness: Names.Likeness(r.Name, recruiter.Name))).Where(n => n.Likeness >= 35)
                .OrderByDescending(n => n.Likeness).Take(10).Select(n => new LookAlike(n.Recruiter.Id, n.Recruiter.Name, n.Recruiter.Country)),
        ];
    }
}
