using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Audits;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation;

/// <summary>Recruiters apply, auditors look, somebody else decides; the status goes to the register.</summary>
public static class AccreditationService
{
    public static void AddAccreditation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.AddServiceDatabase<AccreditationDb, PostgresAccreditationDb, SqliteAccreditationDb>("accreditation", ownRowsOnly: true);
        builder.Services.AddMarkedSecret<AccreditationDb>("accreditation-evidence", (db, stop) => db.Evidence.AnyAsync(e => e.DestroyedAt == null, stop));
        // Read here and not on first use: a broken catalogue stops the start.
        var catalogue = SchemeCatalogue.Load();
        builder.Services.AddSingleton(catalogue);
        builder.AddOwnOptions<AccreditationOptions>("Accreditation")
            .PostConfigure<IOptions<PlatformOptions>>((o, platform) => o.Limits = TimeLimits.Load(WorkingCalendars.Load(platform.Value.DataFolder), o.Calendar))
            .Validate(o => o.Limits is not null, "Accreditation:Calendar must be the name of a calendar in calendars.json; while it is not set there must be one called as in Schemes/time-limits.json.")
            .ValidateOnStart();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccreditationOptions>>().Value.Limits!);
        builder.Services.AddScoped<Wording>();
        builder.Services.AddSingleton<EvidenceKeys>();
        builder.Services.AddScoped<EvidenceStore>();
        builder.Services.AddScoped<DestroyEvidence>();
        builder.Services.AddDueWork<AccreditationDb, DestroyEvidenceWhenDue>(DestroyEvidenceWhenDue.Kind, businessTime: true, always: true);
        builder.Services.AddDueWork<AccreditationDb, ReachDeadline>(ReachDeadline.Kind, businessTime: true);
        builder.Services.AddDueWork<AccreditationDb, AskForDeadlines>(AskForDeadlines.Kind, businessTime: true, always: true);
        builder.WatchCalendar<AccreditationDb>(provider => provider.GetRequiredService<TimeLimits>().Calendar);
        builder.AddWebhooks<AccreditationDb>(PublicState.StatusChanged, Reminder.Said);
        builder.AddPublications(new Publications<AccreditationDb>().Add<Application>(async (db, application, stop) =>
        {
            await db.PublishStatus(application, db.GetService<TimeLimits>(), db.GetService<BusinessClock>(), stop);
            db.PublishFindings(application, catalogue.Of(application.SchemeCode, application.SchemeVersion));
        }, with: applications => applications.WithAudit()));
    }

    public static void AddAccreditationConsumers(this Subscriptions subscriptions) =>
        subscriptions.Add<NamePartyWhenPartyChanged, PartyChanged, AccreditationDb>(e => new(e.PartyId, e.Epoch, e.Sequence));

    public static void MapAccreditation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/accreditation").WithTags("Accreditation").WithAuditTrail<AccreditationDb>();
        group.MapAudit<AccreditationDb>("Accreditation");
        group.MapDeadLetters<AccreditationDb>("Accreditation");
        group.MapDueWork<AccreditationDb>("Accreditation");
        group.MapCalendar<AccreditationDb>("Accreditation");
        group.MapWebhooks<AccreditationDb>("Accreditation", Roles.RecruiterUser);
        GetScheme.Map(group);
        ListAuditBodies.Map(group);
        BeginApplication.Map(group);
        ListApplications.Map(group);
        GetApplication.Map(group);
        ChangeScope.Map(group);
        AnswerIndicators.Map(group);
        AttachEvidence.Map(group);
        ReadEvidence.Map(group);
        RemoveEvidence.Map(group);
        SubmitApplication.Map(group);
        ReviewApplication.Map(group);
        AskAuditBody.Map(group);
        DeclareConflict.Map(group);
        AssignAuditor.Map(group);
        ScanText.Map(group);
        RecordFinding.Map(group);
        CloseFinding.Map(group);
        CloseAudit.Map(group);
        GetAuditFacts.Map(group);
        ScanDecision.Map(group);
        Decide.Map(group);
        ChangeStatus.Map(group);
        HandOverStatus.Map(group);
        group.MapRepublish<AccreditationDb>("Accreditation");
    }
}
