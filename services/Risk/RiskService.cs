using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Grievances;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Sites;
using Recruitment.Risk.Viewing;

namespace Recruitment.Risk;

/// <summary>The table of contents: what this service needs, hears and answers. It publishes nothing.</summary>
public static class RiskService
{
    public static void AddRisk(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.AddServiceDatabase<RiskDb, PostgresRiskDb, SqliteRiskDb>("risk", ownRowsOnly: true);
        builder.Services.AddSingleton<Ground>();
        builder.Services.AddScoped<LoadFacts>();
        builder.Services.AddScoped<ReadInputs>();
        builder.Services.AddScoped<Rescore>();
        builder.Services.AddScoped<OpenEdition>();
        builder.Services.AddScoped<Viewer>();
        builder.Services.AddScoped<ReadView>();
        builder.Services.AddScoped<WorkerVoice>();
        // First: nothing is due before there is an edition.
        builder.Services.AddHostedService<KeepEditionCurrent>();
        builder.Services.AddDueWork<RiskDb, OpenEditionWhenDue>(OpenEditionWhenDue.Kind, businessTime: true, always: true, longestPause: OpenEditionWhenDue.LongestPause);
    }

    public static void AddRiskConsumers(this Subscriptions subscriptions)
    {
        subscriptions.Add<KnowOwnersWhenPartyChanged, PartyChanged, RiskDb>(e => new(e.PartyId, e.Epoch, e.Sequence));
        subscriptions.Add<RescoreWhenSiteChanged, SiteChanged, RiskDb>(e => new(e.SiteId, e.Epoch, e.Sequence));
        subscriptions.Add<KeepWordsWhenSiteListed, SiteListed, RiskDb>(e => new(e.ListingId, e.Epoch, e.Sequence));
        subscriptions.Add<ShowSitesWhenSupplyRelationChanged, SupplyRelationChanged, RiskDb>(e => new(e.RelationId, e.Epoch, e.Sequence));
        subscriptions.Add<RescoreWhenSelfAssessmentSubmitted, SelfAssessmentSubmitted, RiskDb>(e => new(e.SiteId, e.Epoch, e.Sequence));
        subscriptions.Add<RescoreWhenRecruiterDeclared, RecruiterDeclared, RiskDb>(e => new(e.LinkId, e.Epoch, e.Sequence));
        subscriptions.Add<RescoreWhenAccreditationChanged, AccreditationChanged, RiskDb>(e => new(e.AccreditationId, e.Epoch, e.Sequence));
        subscriptions.Add<RescoreWhenAuditFindingsChanged, AuditFindingsChanged, RiskDb>(e => new(e.AuditId, e.Epoch, e.Sequence));
        subscriptions.Add<KeepSignalsWhenSignalsReleased, SignalsReleased, RiskDb>(e => new(e.ReleaseId, e.Epoch, e.Sequence));
    }

    public static void MapRisk(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/risk").WithTags("Risk").WithAuditTrail<RiskDb>();
        group.MapAudit<RiskDb>("Risk");
        group.MapDeadLetters<RiskDb>("Risk");
        group.MapDueWork<RiskDb>("Risk");
        ListSites.Map(group);
        GetSite.Map(group);
        GetInputs.Map(group);
        GetMethod.Map(group);
    }
}
