using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>What every service with due work answers about work that keeps failing.</summary>
public static class DueRoutes
{
    /// <summary>Maps the addresses below a service's own; the service's name makes theirs unique in a process of several.</summary>
    public static void MapDueWork<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb
    {
        var due = group.MapGroup("/stuck-work").WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>()));
        ListStuckWork.Map(due, service);
        TryStuckWorkAgain.Map(due, service);
    }
}

/// <summary>GET /stuck-work: due work that keeps failing and is tried on and on, with growing pauses. It holds up nothing else. Administrator.</summary>
internal static class ListStuckWork
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>Problem: the kind of the mistake that ended the last try; the log of the service says where. NextTryAt: or at once, when it is asked for.</remarks>
    public sealed record Item(Guid Id, string Kind, DateTime DueAt, int Attempts, string Problem, DateTime NextTryAt);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapGet("/", Handle).WithName($"{service}{nameof(ListStuckWork)}").RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(DatabaseAsked own, CancellationToken stop, Guid? cursor = null)
    {
        var found = StuckWork.In(own.Db).AsNoTracking();
        if (cursor is { } after) found = found.Where(r => r.Id.CompareTo(after) > 0);
        var page = await found.OrderBy(r => r.Id).Take(PageSize + 1).Select(r => new Item(r.Id, r.Kind, r.DueAt, r.Attempts, r.Problem!, r.NotBefore)).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}

/// <summary>POST /stuck-work/{id}/again: it is tried at once instead of after its pause. Administrator.</summary>
internal static class TryStuckWorkAgain
{
    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapPost("/{id:guid}/again", Handle).WithName($"{service}{nameof(TryStuckWorkAgain)}").RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, DatabaseAsked own, CancellationToken stop) =>
        await own.Db.WithItsEntry(() => StuckWork.In(own.Db).Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, DateTime.UnixEpoch), stop), stop) == 1
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
