using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;
using Recruitment.Reports.Files;
using Recruitment.Reports.Pdf;
using Recruitment.Reports.Verification;

namespace Recruitment.Reports.Issuing;

/// <summary>POST /api/v1/reports: an auditor issues a report about a closed audit of his own body, once it is decided: before that it may be sent back and find otherwise. It is printed, signed, sealed and never changed.</summary>
internal static class IssueReport
{
    public sealed record Request(
        Guid AuditId, [property: Required(ErrorMessage = IssueReport.NoLanguage), Length(1, 6, ErrorMessage = IssueReport.NoLanguage)] IReadOnlyList<string> Languages,
        IReadOnlyList<Resolution>? Resolutions = null, string? Supersedes = null, [property: MaxLength(500, ErrorMessage = "Reason: write 500 characters at most.")] string? Reason = null);

    internal const string NoLanguage = "Choose at least one language for the summary.";

    public sealed record Response(Guid Id, string Number, string Sha256);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/", Handle).WithName(nameof(IssueReport)).RequireRoles(Roles.Auditor).RequireFreshSignIn();

    public static ProblemHttpResult UnknownLanguage() =>
        Problems.Bad("unknown-language", $"Name the languages of the summary by code: {string.Join(", ", TextCatalogue.Codes.Order(StringComparer.Ordinal))}.");

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Request request, [FromHeader(Name = Idempotency.Header)] string? idempotencyKey, Caller caller, Drafts drafts, Press press, ReportsDb db, IOptions<ReportsOptions> options, CancellationToken stop)
    {
        if (request.Languages.FirstOrDefault(l => !TextCatalogue.Has(l)) is not null) return UnknownLanguage();
        if (Idempotency.RefusedKey(idempotencyKey) is { } refusedKey) return refusedKey;
        if (await Earlier(db, caller, idempotencyKey, stop) is { } earlier) return Again(earlier, request);

        var draft = await drafts.Read(request.AuditId, request.Resolutions ?? [], caller, stop);
        if (draft is null) return TypedResults.NotFound();
        if (draft.Facts.Decision is null)
            return Problems.Of(StatusCodes.Status409Conflict, "not-decided", "Nothing is decided on this audit yet: it may still be sent back, and what is issued stays genuine. The draft can be read now; issue the report after the decision.");
        if (draft.Open.Count > 0)
            return Problems.Of(StatusCodes.Status409Conflict, "scan-hits-open", $"{draft.Open.Count} {(draft.Open.Count == 1 ? "place" : "places")} in the text may point to a person or claim what no audit can say. Remove each; what points to nobody may be kept with a reason. The draft lists them.");

        var standing = await db.Reports.SingleOrDefaultAsync(r => r.AuditId == request.AuditId && r.Status == ReportStatus.Issued, stop);
        if (standing is not null && standing.Number != ReportNumber.Read(request.Supersedes ?? "")) return AlreadyIssued(standing);
        if (request.Supersedes is not null && (standing is null || request.Reason is not { Length: >= 3 }))
            return Problems.Bad("cannot-supersede", "To replace a report, name the number of the one that stands about this audit, and give a reason.");

        if (standing is not null && StatusReason.Refused(request.Reason, [standing.SubjectName, standing.IssuerName], options.Value.SmallGroupBelow) is { } refused) return refused;

        var pressed = await press.Make(draft, request.Languages, stop);
        if (pressed is null) return NoBrowser();
        return await Save(request, idempotencyKey, caller, draft, pressed, standing, press, db, stop);
    }

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Save(
        Request request, string? key, Caller caller, Draft draft, Pressed pressed, Report? standing, Press press, ReportsDb db, CancellationToken stop)
    {
        var report = press.Record(draft, pressed, new(caller.Party, caller.Subject, string.Join(',', request.Languages), draft.KeptHits, press.IsDemonstration, key));
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        try
        {
            if (standing is not null)
            {
                standing.SupersedeBy(report.Number, request.Reason!, report.IssuedAt, report.IssuedOn);
                db.Publish(standing.AsEvent(db.Epoch));
                await db.SaveChangesAsync(stop); // First, for only one report of an audit may stand.
            }
            db.Reports.Add(report);
            db.Publish(report.AsEvent(db.Epoch));
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return Answer(report);
        }
        catch (DbUpdateException)
        {
            // Someone issued at the same moment, or this very request came twice: the indexes let one through.
            await transaction.RollbackAsync(stop);
            db.ChangeTracker.Clear();
            if (await Earlier(db, caller, key, stop) is { } earlier) return Again(earlier, request);
            if (await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.AuditId == request.AuditId && r.Status == ReportStatus.Issued, stop) is { } other) return AlreadyIssued(other);
            throw;
        }
    }

    private static async Task<Report?> Earlier(ReportsDb db, Caller caller, string? key, CancellationToken stop) => key is null
        ? null
        : await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.IssuerPartyId == caller.Party && r.IdempotencyKey == key, stop);

    private static Results<Created<Response>, NotFound, ProblemHttpResult> Again(Report earlier, Request request) =>
        earlier.AuditId == request.AuditId && earlier.Languages == string.Join(',', request.Languages)
            ? Answer(earlier)
            : Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This key belongs to another request. Use a new key for each report.");

    private static Created<Response> Answer(Report report) =>
        TypedResults.Created($"/api/v1/reports/{report.Id}", new Response(report.Id, report.Number, report.Sha256));

    /// <summary>Only the body whose audit it is comes this far, so the number is its own.</summary>
    private static ProblemHttpResult AlreadyIssued(Report standing) => Problems.Of(StatusCodes.Status409Conflict, "already-issued",
        $"A report about this audit already stands: {standing.Number}. To replace it, name that number as that of the earlier report, and give a reason.");

    private static ProblemHttpResult NoBrowser() => Problems.Of(StatusCodes.Status503ServiceUnavailable, "no-browser",
        "Reports are printed by headless Chromium, which is not installed here. Ask the operator to install the Debian packages chromium-headless-shell and fonts-noto-core; nothing was issued.");
}

/// <summary>A printed and signed file that is not yet anybody's record.</summary>
internal sealed record Pressed(ReportIdentity Identity, DateOnly On, byte[] File);

/// <summary>From a draft to a signed file, and from that to its record.</summary>
internal sealed class Press(Drafts drafts, Chromium chromium, FinishingPass finishing, SealedFiles files, BusinessClock clock, IOptions<PlatformOptions> platform)
{
    public bool IsDemonstration => platform.Value.IsDemonstration;

    public async Task<Pressed?> Make(Draft draft, IReadOnlyList<string> languages, CancellationToken stop)
    {
        var today = clock.Today;
        var identity = new ReportIdentity(ReportNumber.New(today.Year), ReportNumber.NewCheckCode());
        var document = drafts.Document(draft, languages, identity, today);
        var printed = await chromium.Print(document.Html(), stop);
        return printed is null ? null : new(identity, today, finishing.Finish(printed, new(identity.Number, document.Title, draft.Facts.AuditBodyName, "en")));
    }

    public Report Record(Draft draft, Pressed pressed, IssuedBy by)
    {
        var traces = new FileTraces();
        traces.Read(pressed.File);
        var file = new IssuedFile(files.Add(pressed.File), pressed.File.Length,
            Convert.ToHexStringLower(SHA256.HashData(pressed.File)), traces.SignatureSha256 ?? throw new InvalidOperationException("The issued file carries no signature."));
        return Report.Issue(pressed.Identity, draft.Facts, file, by, clock.Now, pressed.On);
    }
}
