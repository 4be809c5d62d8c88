using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>What every service that hears events answers about those it could not handle.</summary>
public static class DeadLetterRoutes
{
    /// <summary>Maps the three addresses below a service's own; the service's name makes theirs unique in a process of several.</summary>
    public static void MapDeadLetters<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb
    {
        var letters = group.MapGroup("/dead-letters").WithMetadata(new DeadLetterOwner(provider => provider.GetRequiredService<TDb>()));
        ListDeadLetters.Map(letters, service);
        SendDeadLetterAgain.Map(letters, service);
        SetDeadLetterAside.Map(letters, service);
    }
}

/// <summary>Whose dead letters an address is about.</summary>
internal sealed record DeadLetterOwner(Func<IServiceProvider, ServiceDb> Find);

/// <summary>The database of the service whose address was asked: one process may hold several.</summary>
internal sealed record DeadLetterDb(ServiceDb Db)
{
    public static ValueTask<DeadLetterDb?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<DeadLetterDb?>(new(context.GetEndpoint()!.Metadata.GetRequiredMetadata<DeadLetterOwner>().Find(context.RequestServices)));
}
