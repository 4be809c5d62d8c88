using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Clock;
using Recruitment.Identity.Demonstration;
using Recruitment.Identity.Keys;
using Recruitment.Identity.Pages;
using Recruitment.Identity.People;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity;

/// <summary>Everything a host may know about identity: a standard OpenID Connect issuer and the people behind it.</summary>
public static class IdentityService
{
    public static void AddIdentity(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddValidation();
        builder.AddServiceDatabase<IdentityDb, PostgresIdentityDb, SqliteIdentityDb>("identity");
        services.AddDataProtection().SetApplicationName("recruitment").PersistKeysToDbContext<IdentityDb>().SealedAtRest();
        services.AddIdentityCore<Person>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.Password.RequiredLength = 12;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
        });
        services.AddScoped<IUserStore<Person>, UserOnlyStore<Person, IdentityDb, Guid>>();
        services.AddSingleton<SignInThrottle>();
        services.AddRazorPages();
        services.AddSingleton<IStartupFilter, TroublePages>();
        services.AddExceptionHandler<TroublePages>();
        builder.AddServiceClient<SuppliersClient>("suppliers");
        builder.AddKeys();
        builder.AddOwnOptions<ClientOptions>("ApiClients")
            .Validate(o => o.IsValid, "ApiClients: LongestDays must be 1 to 365, LongestGraceHours 0 to 2160, MostOfOrganisation 1 to 1000, TokensPerMinute 1 to 1000000.").ValidateOnStart();
        services.AddSingleton<TokenLimit>();
        builder.AddIssuer();
        services.AddHostedService<RegisterClients>();
        services.AddHostedService<SeedPeople>();
        services.AddHostedService<PrintSetUpLink>();
    }

    /// <summary>Identity hears nothing.</summary>
    public static void AddIdentityConsumers(Subscriptions subscriptions)
    {
        // Every service has the same three doors; what Identity must know it asks.
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        Authorize.Map(routes);
        Token.Map(routes);
        EndSession.Map(routes);
        routes.MapRazorPages();

        var identity = routes.MapGroup("/api/v1/identity").WithTags("Identity");
        InvitePerson.Map(identity);
        ListPeople.Map(identity);
        EndMembership.Map(identity);
        GiveRoleBack.Map(identity);
        FindHolders.Map(identity);
        MakeClient.Map(identity);
        ListClients.Map(identity);
        ChangeClientSecret.Map(identity);
        EndClient.Map(identity);
        ListKeys.Map(identity);
        RetireKey.Map(identity);
        GetClock.Map(identity);
        MoveClock.Map(identity);
    }
}
