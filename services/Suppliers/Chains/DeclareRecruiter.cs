using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Parties;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Chains;

/// <summary>POST /api/v1/suppliers/mine/sites/{site}/recruiters: a supplier declares a labour recruiter it uses for a corridor, by name and country or by id.</summary>
internal static class DeclareRecruiter
{
    /// <summary>Before this no recruiter in use today was taken on by anybody; a slip of the year is likelier.</summary>
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    /// <remarks>From: its first day, from 1990 until today.</remarks>
    public sealed record Request(
        Guid? RecruiterId, [property: StringLength(300)] string? RecruiterName, string? RecruiterCountry, [property: Required] string OriginCountry, DateOnly From);

    public sealed record Response(Guid Id, Guid RecruiterId);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/mine/sites/{site:guid}/recruiters", Handle).WithName(nameof(DeclareRecruiter)).WithIdempotencyKey<SuppliersDb>().RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid site, Request request, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var supplier = new PartyId(caller.Party);
        var id = new SiteId(site);
        var found = await db.Sites.SingleOrDefaultAsync(s => s.Id == id && s.PartyId == supplier, stop);
        if (found is null) return TypedResults.NotFound();
        if (Countries.Find(request.OriginCountry) is not { } origin) return Problems.Bad("unknown-country", Countries.Advice);
        if (request.From > clock.LatestToday) return Problems.Bad("day-too-late", "The first day is after today. Check the year (2026, not 2569); a recruiter that you do not use yet, declare it when it begins.");
        if (request.From < Earliest) return Problems.Bad("day-too-early", "The first day is before 1990. Check the year.");

        var (recruiter, name, problem) = await Find(request, db, stop);
        if (problem is not null) return problem;

        await using var together = recruiter is null ? await db.BeginTogether(stop) : null;
        recruiter ??= await Register(name!, db, stop);
        if (await db.Links.AnyAsync(l => l.SiteId == id && l.RecruiterId == recruiter.Id && l.OriginCountry == origin && l.To == null, stop))
            throw new BrokenRuleException("recruiter-already-declared", "This recruiter is already declared for this corridor.");

        var link = RecruiterLink.Open(id, supplier, recruiter.Id, origin, request.From);
        db.Links.Add(link);
        if (found.Confirm()) db.Publish(found.State(db.Epoch));
        db.Publish(link.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        if (together is not null) await together.CommitAsync(stop);
        return TypedResults.Created($"/api/v1/suppliers/mine/recruiters/{link.Id}", new Response(link.Id, recruiter.Id.Value));
    }

    /// <summary>The recruiter that is meant, or the name of one that nobody declared before.</summary>
    private static async Task<(Party? Known, NewName? New, ProblemHttpResult? Problem)> Find(Request request, SuppliersDb db, CancellationToken stop)
    {
        if (request.RecruiterId is { } given)
        {
            var known = await db.Parties.SingleOrDefaultAsync(p => p.Id == new PartyId(given) && p.Kind == PartyKinds.Recruiter, stop);
            return known is null ? (null, null, Problems.Bad("unknown-recruiter", "No recruiter has this id. Give its name and country instead.")) : (known, null, null);
        }
        if (request.RecruiterName is null || Names.IsNone(request.RecruiterName))
            return (null, null, Problems.Bad("recruiter-missing", "Give the recruiter's name and country."));
        if (Countries.Find(request.RecruiterCountry) is not { } country) return (null, null, Problems.Bad("unknown-country", Countries.Advice));

        var name = new NewName(Names.PartyKey(PartyKinds.Recruiter, request.RecruiterName, country), request.RecruiterName.Trim(), country);
        return (await ByName(name, db, stop), name, null);
    }

    /// <summary>In a transaction. Another supplier may be naming the same recruiter at this moment: whoever comes second waits and finds the first one's.</summary>
    private static async Task<Party> Register(NewName name, SuppliersDb db, CancellationToken stop)
    {
        await db.TakeTurns([name.Key], stop);
        if (await ByName(name, db, stop) is { } known) return known;

        var recruiter = Party.Register(PartyId.New(), PartyKinds.Recruiter, name.Name, name.Country);
        db.Parties.Add(recruiter);
        db.Grams.AddRange(NameGram.Of("recruiter", recruiter.Id.Value, recruiter.Name));
        db.Publish(recruiter.State(db.Epoch));
        return recruiter;
    }

    private static Task<Party?> ByName(NewName name, SuppliersDb db, CancellationToken stop) => db.Parties.Where(p => p.Key == name.Key).OrderBy(p => p.Id).FirstOrDefaultAsync(stop);

    private sealed record NewName(Guid Key, string Name, string Country);
}
