using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>What every service answers about its audit trail: an organisation's owner about her own organisation, the operator's administrator about all.</summary>
public static class AuditRoutes
{
    /// <summary>Maps the addresses below a service's own; the service's name makes theirs unique in a process of several.</summary>
    /// <param name="group">The service's addresses.</param>
    /// <param name="service">Its name.</param>
    /// <param name="readers">Roles; by default those two.</param>
    public static void MapAudit<TDb>(this RouteGroupBuilder group, string service, params string[] readers)
        where TDb : ServiceDb
    {
        var audit = group.MapGroup("/audit").WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>()))
            .RequireRoles(readers is [] ? [Roles.Owner, Roles.Administrator] : readers);
        ListAuditEntries.Map(audit, service);
        ExportAuditEntries.Map(audit, service);
        VerifyAuditTrail.Map(audit, service);
    }
}

/// <summary>What the question is narrowed to. Days are of UTC, both included.</summary>
internal sealed record AuditFilter(DateOnly? From, DateOnly? To, string? Who, string? What, Guid? Party, bool Refused)
{
    public IQueryable<AuditEntry> In(ServiceDb db)
    {
        var found = db.Set<AuditEntry>().AsNoTracking();
        if (From is { } from) found = found.Where(e => e.At >= from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        if (To is { } to) found = found.Where(e => e.At < to.AddDays(to == DateOnly.MaxValue ? 0 : 1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        if (Who is { Length: > 0 }) found = found.Where(e => e.Who == Who);
        if (What is { Length: > 0 }) found = found.Where(e => e.What == What);
        if (Party is { } party) found = found.Where(e => e.Party == party);
        return Refused ? found.Where(e => e.Outcome != AuditEntry.Done) : found;
    }
}

/// <summary>GET /audit: who did what and when, and what was refused, newest first. Owner of an organisation about its own people and machines; administrator about all.</summary>
internal static class ListAuditEntries
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>Who: a subject, as access tokens name it. What: the name of an operation of this document. About: ids in its address and of what it made, and names of roles. Outcome: done, or the code with which it was refused. Sequence: null until it has its place in the chain.</remarks>
    public sealed record Item(Guid Id, DateTime At, string Who, Guid? PartyId, string? Session, string What, IReadOnlyList<string> About, string Outcome, long? Sequence);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group, string service) => group.MapGet("", Handle).WithName($"{service}{nameof(ListAuditEntries)}");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        DatabaseAsked own, CancellationToken stop, Guid? cursor = null, DateOnly? from = null, DateOnly? to = null, string? who = null, string? what = null, Guid? party = null, bool refused = false)
    {
        var found = new AuditFilter(from, to, who, what, party, refused).In(own.Db);
        if (cursor is { } id)
        {
            if (await own.Db.Set<AuditEntry>().AsNoTracking().Where(e => e.Id == id).Select(e => (DateTime?)e.At).SingleOrDefaultAsync(stop) is not { } at) return Problems.UnknownCursor();
            found = found.Where(e => e.At < at || (e.At == at && e.Id.CompareTo(id) < 0));
        }
        var page = await found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(Shown)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }

    private static Item Shown(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Who, entry.Party == Guid.Empty ? null : entry.Party, entry.Session, entry.What,
        entry.About.Split(' ', StringSplitOptions.RemoveEmptyEntries), entry.Outcome, entry.Sequence);
}

/// <summary>GET /audit/verification: whether every entry that the caller may read is as it was written, none is missing and none was put in. Owner of an organisation; administrator.</summary>
internal static class VerifyAuditTrail
{
    public static void Map(RouteGroupBuilder group, string service) => group.MapGet("/verification", Handle).WithName($"{service}{nameof(VerifyAuditTrail)}");

    private static async Task<Ok<VerifiedTrail>> Handle(DatabaseAsked own, CancellationToken stop) => TypedResults.Ok(await VerifiedTrail.Of(own.Db, stop));
}
