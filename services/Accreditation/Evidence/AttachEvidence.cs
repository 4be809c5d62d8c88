using System.Security.Cryptography;
using System.Text.Json;
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
        group.MapPost("/applications/{id:guid}/evidence", Handle).WithName(nameof(AttachEvidence)).WithIdempotencyKey<AccreditationDb>(file: SentAgain)
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
        if (Boundary(request) is not { } boundary) return Problems.Bad("not-multipart", "Send the file as multipart/form-data.");

        try
        {
            return await Attach(application, boundary, request, caller, db, catalogue, store, stop);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && !NoRoom.Is(cut))
        {
            return Problems.Bad("form-cut-off", "The form breaks off before its end. Nothing was kept: send it again, whole.");
        }
    }

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Attach(
        Application application, string boundary, HttpRequest request, Caller caller, AccreditationDb db, SchemeCatalogue catalogue, EvidenceStore store, CancellationToken stop)
    {
        var (fields, sent) = await ReadToFile(request, boundary, stop);
        if (sent is not var (content, extension)) return Problems.Bad("evidence-missing", "Choose a file to attach.");
        if (Check(fields, catalogue.Of(application.SchemeCode, application.SchemeVersion), extension) is { } wrong) return wrong;

        var (file, notTaken) = await store.Seal(application.Id, new(fields["indicator"], fields["description"], fields["level"], extension), content, stop);
        if (file is null) return notTaken!;

        // Counts as a change of the application, so that a file cannot slip in while it is being submitted.
        application.EvidenceChanged(caller.Subject);
        db.SentUnderKey(Sent(fields, extension, file.Sha256));
        await db.SaveChangesAsync(stop);
        return TypedResults.Created($"/api/v1/accreditation/applications/{application.Id}/evidence/{file.Id}", new Response(file.Id, file.Sha256, file.Size, file.DestroyOn));
    }

    /// <summary>What a request under a key that was used before sends, read but not kept: the boundary between the parts is another each time, so the parts are compared.</summary>
    private static async Task<string?> SentAgain(HttpRequest request, CancellationToken stop)
    {
        if (Boundary(request) is not { } boundary) return null;
        try
        {
            return await Sent(request, boundary, stop);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form breaks off before its end.", cut);
        }
    }

    private static async Task<string?> Sent(HttpRequest request, string boundary, CancellationToken stop)
    {
        var (fields, sent) = await ReadToFile(request, boundary, stop);
        return sent is var (content, extension) ? Sent(fields, extension, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, stop))) : null;
    }

    private static string Sent(Dictionary<string, string> fields, string extension, string sha256) =>
        JsonSerializer.Serialize(new[] { fields.GetValueOrDefault("indicator"), fields.GetValueOrDefault("description"), fields.GetValueOrDefault("level"), extension, sha256 });

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and < 100 } boundary ? boundary : null;

    /// <summary>The fields, and the file that follows them, of which nothing has been read yet; no file when none was sent.</summary>
    private static async Task<(Dictionary<string, string> Fields, (Stream Content, string Extension)? File)> ReadToFile(HttpRequest request, string boundary, CancellationToken stop)
    {
        var reader = new MultipartReader(boundary, request.Body);
        var fields = new Dictionary<string, string>();
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition) continue;
            if (disposition.IsFileDisposition()) return (fields, (section.Body, Extension(disposition)));
            fields[disposition.Name.Value?.Trim('"') ?? ""] = await ReadField(section, stop);
        }
        return (fields, null);
    }

    private static ProblemHttpResult? Check(Dictionary<string, string> fields, Scheme scheme, string extension)
    {
        if (fields.Values.Any(NullCharacters.In)) return NullCharacters.Refusal();
        if (fields.GetValueOrDefault("redacted") != "true")
            return Problems.Bad("not-redacted", "Black out names, numbers and faces of people first, then confirm that you did.");
        if (scheme.FindIndicator(fields.GetValueOrDefault("indicator", "")) is null) return Problems.Bad("unknown-indicator", "Say which indicator this file is evidence for.");
        if (fields.GetValueOrDefault("description", "") is not { Length: >= 3 and <= 500 }) return Problems.Bad("description-missing", "Describe in a few words what the file shows (3 to 500 characters).");
        if (!Codes.EvidenceLevels.Contains(fields.GetValueOrDefault("level", ""))) return Problems.Bad("unknown-evidence-level", $"Choose what kind of evidence this is. {Codes.EvidenceLevelsAdvice}");
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
