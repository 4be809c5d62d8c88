using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>PUT /audits/{audit}/findings/{criterion} (the auditor named): records or replaces what was found on one criterion.</summary>
internal static class RecordFinding
{
    public sealed record Request(
        [property: Required] string Grade, [property: Required, StringLength(8000)] string Text, [property: Required] string EvidenceLevel);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/audits/{audit:guid}/findings/{criterion}", Handle).WithName(nameof(RecordFinding)).WithIfMatch().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, string criterion, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        application.RecordFinding(scheme, criterion, request.Grade, request.Text, request.EvidenceLevel, caller.Subject, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

/// <summary>POST /audits/{audit}/findings/{criterion}/closure (the auditor named): has seen proof that a finding is put right.</summary>
internal static class CloseFinding
{
    public sealed record Request([property: Required, StringLength(4000, MinimumLength = 3)] string Proof);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/audits/{audit:guid}/findings/{criterion}/closure", Handle).WithName(nameof(CloseFinding)).WithIfMatch().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, string criterion, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        application.CloseFinding(criterion, request.Proof, caller.Subject, clock.Now);
        db.PublishFindings(application, catalogue.Of(application.SchemeCode, application.SchemeVersion));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}

/// <summary>POST /audits/{audit}/close (the auditor named): every criterion has a finding; the decision maker takes over.</summary>
internal static class CloseAudit
{
    public sealed record Request(DateOnly AuditedOn, [property: Required, StringLength(8000, MinimumLength = 3)] string Summary, [property: Range(0, 100_000)] int? InterviewsHeld = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/audits/{audit:guid}/close", Handle).WithName(nameof(CloseAudit)).WithIfMatch().RequireRoles(Roles.Auditor);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid audit, Request request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.AuditId == audit, stop);
        if (application is null || !caller.IsAuditorOf(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        var scheme = catalogue.Of(application.SchemeCode, application.SchemeVersion);
        application.CloseAudit(scheme, request.AuditedOn, request.InterviewsHeld, request.Summary, caller.Subject, clock.Now);
        db.PublishFindings(application, scheme);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
