using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>POST /applications/{id}/evidence (recruiter): multipart with indicator, description, level, redacted=true and last the file.</summary>
/// <remarks>Read as it arrives and sealed chunk by chunk: nothing touches a temporary folder, and only a whole file reaches the database, in one transaction.</remarks>
internal static class AttachEvidence
{
    /// <remarks>DestroyOn: The day on which the content is destroyed at the latest, as long as nothing is decided; a decision brings a new one.</remarks>
    public sealed record Response(Guid Id, string Sha256, long Size, DateOnly? DestroyOn);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/evidence", Handle).WithName(nameof(AttachEvidence)).WithIdempotencyKey<AccreditationDb>()
            .WithFormBody("The fields first and the file last, as it is read while it arrives.",
                new("indicator", "The code of the indicator that the file is evidence for."), new("description", "What the file shows, in 3 to 500 characters."),
                new("level", "How well the file shows it, weakest first.", Codes.EvidenceLevels), new("redacted", "That names, numbers and faces of people are blacked out.", ["true"]))
            .WithBodyLimit(SizeLimits.Evidence + SizeLimits.Json).RequireRoles(Roles.RecruiterUser);

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid id, HttpRequest request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, EvidenceStore store, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        application.RequireOpenToRecruiter();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and < 100 } boundary)
            return Problems.Bad("not-multipart", "Send the file as multipart/form-data.");

        var reader = new MultipartReader(boundary, request.Body);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition) continue;
            if (!disposition.IsFileDisposition())
            {
                fields[disposition.Name.Value?.Trim('"') ?? ""] = await ReadField(section, stop);
                continue;
            }
            var wrong = Check(fields, catalogue.Of(application.SchemeCode, application.SchemeVersion), Extension(disposition));
            if (wrong is not null) return wrong;

            var description = new EvidenceDescription(fields["indicator"], fields["description"], fields["level"], Extension(disposition));
            var (file, notTaken) = await store.Seal(application.Id, description, section.Body, stop);
            if (file is null) return notTaken!;

            // Counts as a change of the application, so that a file cannot slip in while it is being submitted.
            application.EvidenceChanged(caller.Subject);
            await db.SaveChangesAsync(stop);
            return TypedResults.Created($"/api/v1/accreditation/applications/{id}/evidence/{file.Id}", new Response(file.Id, file.Sha256, file.Size, file.DestroyOn));
        }
        return Problems.Bad("evidence-missing", "Choose a file to attach.");
    }

    private static ProblemHttpResult? Check(Dictionary<string, string> fields, Scheme scheme, string extension)
    {
        if (fields.Values.Any(NullCharacters.In)) return NullCharacters.Refusal();
        if (fields.GetValueOrDefault("redacted") != "true")
            return Problems.Bad("not-redacted", "Black out names, numbers and faces of people first, then confirm that you did.");
        if (scheme.FindIndicator(fields.GetValueOrDefault("indicator", "")) is null) return Problems.Bad("unknown-indicator", "Say which indicator this file is evidence for.");
        if (fields.GetValueOrDefault("description", "") is not { Length: >= 3 and <= 500 }) return Problems.Bad("description-missing", "Describe in a few words what the file shows (3 to 500 characters).");
        if (!Codes.EvidenceLevels.Contains(fields.GetValueOrDefault("level", ""))) return Problems.Bad("unknown-evidence-level", "Choose what kind of evidence this is.");
        if (!EvidenceStore.Extensions.Contains(extension)) return Problems.Bad("evidence-type", $"This kind of file is not accepted. Send one of: {string.Join(", ", EvidenceStore.Extensions)}.");
        return null;
    }

    private static string Extension(ContentDispositionHeaderValue disposition) =>
        Path.GetExtension((disposition.FileNameStar.Value ?? disposition.FileName.Value ?? "").Trim('"')).TrimStart('.').ToLowerInvariant();

    private static async Task<string> ReadField(MultipartSection section, CancellationToken stop)
    {
        using var text = new StreamReader(section.Body);
        var buffer = new char[1000];
        var read = await text.ReadBlockAsync(buffer, stop);
        return new string(buffer, 0, read).Trim();
    }
}
