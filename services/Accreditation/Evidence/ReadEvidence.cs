using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>GET /applications/{id}/evidence/{evidence}: the file itself, for the recruiter who attached it, the auditor named and the decision maker. Nobody else, the scheme manager included.</summary>
internal static class ReadEvidence
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/applications/{id:guid}/evidence/{evidence:guid}", Handle).WithName(nameof(ReadEvidence)).Audited().WithFileAnswer("application/octet-stream")
            .RequireRoles(Roles.RecruiterUser, Roles.Auditor, Roles.DecisionMaker);

    private static async Task<Results<PushStreamHttpResult, NotFound, ProblemHttpResult>> Handle(
        Guid id, Guid evidence, HttpResponse response, Caller caller, AccreditationDb db, EvidenceStore store, TimeLimits limits, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).AsNoTracking().Include(a => a.Declarations).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null || !await db.MayReadAll(caller, application, stop)) return TypedResults.NotFound();
        var file = await db.Evidence.AsNoTracking().SingleOrDefaultAsync(e => e.Id == evidence && e.ApplicationId == id, stop);
        if (file is null) return TypedResults.NotFound();
        if (file.DestroyedAt is { } on)
            return Problems.Of(StatusCodes.Status410Gone, "evidence-destroyed",
                string.Create(CultureInfo.InvariantCulture, $"The content of this file was destroyed on {limits.Calendar.DayOf(on):yyyy-MM-dd}, when the time for keeping it was over. Its description and hash are kept."));

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(to => store.Write(file, to, stop), "application/octet-stream", $"{file.Indicator}-{file.Sha256[..8]}.{file.Extension}");
    }
}
