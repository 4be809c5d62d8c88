using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Clock;
using Recruitment.Identity.Demonstration;
using Recruitment.Identity.Pages;
using Recruitment.Identity.People;
using Recruitment.Identity.Provisioning;
using Recruitment.Identity.SingleSignOn;
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
        builder.AddIssuer();
        builder.AddSingleSignOn();
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
        identity.MapSingleSignOn();
        identity.MapProvisioning();
        GetClock.Map(identity);
        MoveClock.Map(identity);
    }
}
