using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>What every service that hears events answers about those it could not handle.</summary>
public static class DeadLetterRoutes
{
    /// <summary>Maps their addresses below a service's own; the service's name makes theirs unique in a process of several.</summary>
    public static void MapDeadLetters<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb
    {
        var letters = group.MapGroup("/dead-letters").WithMetadata(new DatabaseOfAddress(provider => provider.GetRequiredService<TDb>()));
        ListDeadLetters.Map(letters, service);
        SendDeadLetterAgain.Map(letters, service);
        SendDeadLettersAgain.Map(letters, service);
        SetDeadLetterAside.Map(letters, service);
    }
}
