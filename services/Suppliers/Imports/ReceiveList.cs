using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>POST /api/v1/suppliers/imports: a brand hands in its supplier list, as the body itself (name in ?fileName=) or as a form's file.</summary>
/// <remarks>What is no list (a PDF, a picture, a program, a broken workbook) is refused here and kept nowhere. Answered only once every byte is stored;
/// reading the rows is a job of its own. Nothing of the body touches a temporary folder.</remarks>
internal static class ReceiveList
{
    private const string Form = "multipart/form-data";

    /// <summary>Besides a form: what the document names and what is taken are one list.</summary>
    private static readonly string[] Types =
        ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel", "application/octet-stream"];

    public sealed record Response(Guid Id, [property: OneOf(typeof(SupplierImport), nameof(SupplierImport.Statuses))] string Status);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/imports", Handle).WithName(nameof(ReceiveList)).WithIdempotencyKey<SuppliersDb>(savesInSteps: true).RequireRoles(Roles.BrandAnalyst).WithBodyLimit(SizeLimits.Largest)
            .WithFileBody("The list as CSV, XLSX or XLS: as the body itself or as the file of a form.", Types);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        HttpRequest request, Caller caller, SuppliersDb db, FileKey key, ImportSignal signal, TimeProvider time, CancellationToken stop, string? fileName = null)
    {
        if (!IsTaken(request.ContentType)) return WrongType();
        if (request.ContentLength > SizeLimits.SupplierList) return TooLarge();

        var (body, given) = await Body(request, stop);
        if (body is null) return Problems.Bad("file-missing", "The request has no file. Send the list as the body, or as the file of a form.");

        var buffer = new byte[StoredFile.PieceSize];
        SupplierImport? begun = null;
        try
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
            if (length == 0) return Problems.Bad("list-empty", "The file is empty. Upload a list with a header row and one row per site.");
            if (NoList(new MemoryStream(buffer, 0, length), whole: length < buffer.Length) is { } wrong) return wrong;

            begun = SupplierImport.Begin(new PartyId(caller.Party), Shown(fileName ?? given), time.GetUtcNow().UtcDateTime);
            return await Store(begun, body, buffer, length, db, key, stop) is { } refused ? refused : await Accept(begun, db, signal, stop);
        }
        catch (IOException cutOff) when (cutOff is not BadHttpRequestException)
        {
            if (begun is not null) await Discard(begun, db, stop);
            return Problems.Bad("upload-cut-off", "The upload broke off before its end. Nothing was kept; upload the list again.");
        }
    }

    /// <summary>Piece by piece, as it arrives; null when all of it is stored.</summary>
    private static async Task<ProblemHttpResult?> Store(SupplierImport import, Stream body, byte[] buffer, int length, SuppliersDb db, FileKey key, CancellationToken stop)
    {
        db.SavesPieces = true;
        db.Imports.Add(import);
        await db.SaveChangesAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        for (var index = 0; length > 0; index++)
        {
            size += length;
            if (size > SizeLimits.SupplierList)
            {
                await Discard(import, db, stop);
                return TooLarge();
            }

            hash.AppendData(buffer, 0, length);
            var chunk = new ImportChunk { ImportId = import.Id, Index = index, Sealed = key.Seal(import.Id, index, buffer.AsSpan(0, length)) };
            db.Chunks.Add(chunk);
            await db.SaveChangesAsync(stop);
            db.Entry(chunk).State = EntityState.Detached;
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        }

        import.Receive(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        using var file = new StoredFile(size, i => key.Open(import.Id, i, db.Chunks.AsNoTracking().Where(c => c.ImportId == import.Id && c.Index == i).Select(c => c.Sealed).Single()));
        if (NoList(file, whole: true) is not { } wrong) return null;

        await Discard(import, db, stop);
        return wrong;
    }

    private static async Task<Accepted<Response>> Accept(SupplierImport import, SuppliersDb db, ImportSignal signal, CancellationToken stop)
    {
        db.SavesPieces = false;
        await db.SaveChangesAsync(stop);
        signal.Raise();
        return TypedResults.Accepted($"/api/v1/suppliers/imports/{import.Id}", new Response(import.Id, import.Status));
    }

    private static ProblemHttpResult? NoList(Stream file, bool whole)
    {
        try
        {
            ListFile.Check(file, whole);
            return null;
        }
        catch (UnreadableListException wrong)
        {
            return Problems.Of(wrong.IsAnotherKind ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status400BadRequest, wrong.Code, wrong.Message);
        }
    }

    /// <summary>Nothing of a refused list stays. What a broken connection leaves is cleared by the reader after a day.</summary>
    private static async Task Discard(SupplierImport import, SuppliersDb db, CancellationToken stop)
    {
        await db.Chunks.Where(c => c.ImportId == import.Id).ExecuteDeleteAsync(stop);
        await db.Imports.Where(i => i.Id == import.Id).ExecuteDeleteAsync(stop);
        db.Entry(import).State = EntityState.Detached;
    }

    private static ProblemHttpResult TooLarge() => Problems.TooLarge("list-too-large",
        $"The list is larger than {SizeLimits.SupplierList >> 20} MB. Split it, or save only the columns for name, country, address, sector and workers.");

    /// <summary>Whoever names no type leaves it to the bytes; whoever names another one sends something else than a list.</summary>
    private static bool IsTaken(string? contentType) => string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type) && Types.Append(Form).Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase));

    private static ProblemHttpResult WrongType() => Problems.Of(StatusCodes.Status415UnsupportedMediaType, "wrong-media-type",
        $"A list is sent as CSV, XLSX or XLS, and its Content-Type is one of {string.Join(", ", Types)}, or {Form} with the list as its file. Nothing was kept.");

    private static async Task<(Stream? Body, string? Name)> Body(HttpRequest request, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
            return (request.Body, null);
        if (HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary) return (null, null);

        var parts = new MultipartReader(boundary.Value!, request.Body);
        try
        {
            while (await parts.ReadNextSectionAsync(stop) is { } part)
            {
                if (part.AsFileSection() is { FileStream: { } file } section) return (file, section.FileName);
            }
        }
        catch (IOException)
        {
            // The parts are cut off or not parts at all: there is no file.
        }
        return (null, null);
    }

    private static string Shown(string? name)
    {
        var clean = new string([.. Path.GetFileName(name ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(200)]).Trim();
        return clean.Length == 0 ? "list" : clean;
    }
}
