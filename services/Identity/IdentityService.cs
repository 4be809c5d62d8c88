using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Clock;
using Recruitment.Identity.Consents;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Demonstration;
using Recruitment.Identity.Keys;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.Pages;
using Recruitment.Identity.People;
using Recruitment.Identity.Provisioning;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Reviews;
using Recruitment.Identity.RoleRequests;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SignInClients;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Texts;
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
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        });
        services.AddScoped<IUserStore<Person>, UserOnlyStore<Person, IdentityDb, Guid>>();
        builder.AddCredentials();
        services.AddSingleton<Spoken>();
        services.AddRazorPages();
        services.AddOptions<RazorPagesOptions>().Configure<Spoken>((pages, spoken) =>
        {
            pages.Conventions.AuthorizeFolder("/Identity/Account", SessionCookie.Policy);
            pages.Conventions.Add(spoken);
        });
        // Without it Thai would travel as numeric entities, three times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<IStartupFilter, TroublePages>();
        services.AddExceptionHandler<TroublePages>();
        builder.AddServiceClient<SuppliersClient>("suppliers");
        builder.AddKeys();
        builder.AddOwnOptions<ClientOptions>("ApiClients")
            .Validate(o => o.IsValid, "ApiClients: LongestDays must be 1 to 365, LongestGraceHours 0 to 2160, MostOfOrganisation 1 to 1000, TokensPerMinute 1 to 1000000.").ValidateOnStart();
        services.AddSingleton<TokenLimit>();
        builder.AddIssuer();
        services.AddScoped<AllowedPrograms>();
        services.AddScoped<ConsentForm>();
        services.AddScoped<AskForConsent>();
        builder.AddOwnOptions<OrganisationsOptions>("Organisations").Validate(o => o.AllPositive, "Every number under Organisations must be 1 or more.").ValidateOnStart();
        services.AddSingleton<InvitationTokens>();
        services.AddDueWork<IdentityDb, OpenReviews>(OpenReviews.Kind, always: true);
        services.AddDueWork<IdentityDb, ForgetAddresses>(ForgetAddresses.Kind, always: true);
        builder.AddSessions();
        services.AddSingleton<IStartupFilter, IssuerHeaders>();
        builder.AddSingleSignOn();
        services.AddHostedService<RegisterClients>();
        services.AddHostedService<SeedPeople>();
        services.AddHostedService<NameOwners>();
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

        var identity = routes.MapGroup("/api/v1/identity").WithTags("Identity").WithAuditTrail<IdentityDb>();
        identity.MapAudit<IdentityDb>("Identity");
        identity.MapMails<IdentityDb>("Identity");
        InvitePerson.Map(identity);
        ListPeople.Map(identity);
        ListOwnPeople.Map(identity);
        EndMembership.Map(identity);
        GiveRoleBack.Map(identity);
        ListRecoveries.Map(identity);
        ApproveRecovery.Map(identity);
        RefuseRecovery.Map(identity);
        FindHolders.Map(identity);
        GetOrganisation.Map(identity);
        ListMembers.Map(identity);
        InviteMember.Map(identity);
        ListInvitations.Map(identity);
        WithdrawInvitation.Map(identity);
        GiveRole.Map(identity);
        EndRole.Map(identity);
        GiveBack.Map(identity);
        Departure.Map(identity);
        OfferOwnership.Map(identity);
        ListTransfers.Map(identity);
        AnswerTransfer.Map(identity);
        AskForRole.Map(identity);
        ListRoleRequests.Map(identity);
        DecideRoleRequest.Map(identity);
        TakeAgreedLink.Map(identity);
        ListClaims.Map(identity);
        DecideClaim.Map(identity);
        BeginReview.Map(identity);
        ListReviews.Map(identity);
        GetReview.Map(identity);
        DecideLine.Map(identity);
        ExportReview.Map(identity);
        ListOverdueReviews.Map(identity);
        identity.MapDueWork<IdentityDb>("Identity");
        MakeClient.Map(identity);
        ListClients.Map(identity);
        ChangeClientSecret.Map(identity);
        EndClient.Map(identity);
        RegisterSignInClient.Map(identity);
        ListSignInClients.Map(identity);
        ChangeSignInClientSecret.Map(identity);
        EndSignInClient.Map(identity);
        ListKeys.Map(identity);
        RetireKey.Map(identity);
        identity.MapSingleSignOn();
        identity.MapProvisioning();
        GetClock.Map(identity);
        MoveClock.Map(identity);
    }
}
