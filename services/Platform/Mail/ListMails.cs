using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>GET /mails: how this service's mails stand: those that wait and, for thirty days, how the others ended. Neither addresses nor words. Administrator.</summary>
internal static class ListMails
{
    /// <remarks>Waiting: how many wait in all. Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(int Waiting, IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>State: waiting, sent, refused (the mail server will never take it) or given_up. Tries: in vain so far. Reason: of the last one. EndedOn: a day.</remarks>
    public sealed record Item(Guid Id, string State, int Tries, string? Reason, DateOnly? EndedOn);

    private const int PageSize = 50;

    public static void Map<TDb>(RouteGroupBuilder group, string service)
        where TDb : ServiceDb =>
        group.MapGet("/mails", Handle).WithName($"{service}{nameof(ListMails)}").RequireRoles(Roles.Administrator)
            .WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>()));

    private static async Task<Ok<Response>> Handle(DatabaseAsked own, CancellationToken stop, Guid? cursor = null)
    {
        var mails = own.Db.Set<Mail>().AsNoTracking();
        var waiting = await mails.CountAsync(m => m.State == Mail.Waiting, stop);
        var found = cursor is { } after ? mails.Where(m => m.Id.CompareTo(after) > 0) : mails;
        var page = await found.OrderBy(m => m.Id).Take(PageSize + 1).Select(m => new Item(m.Id, m.State, m.Tries, m.Reason, m.EndedOn)).ToListAsync(stop);
        return TypedResults.Ok(new Response(waiting, [.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
