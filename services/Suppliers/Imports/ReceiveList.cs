using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>POST /api/v1/suppliers/imports: a brand hands in its supplier list, as the body itself (name in ?fileName=) or as a form's file.</summary>
/// <remarks>Answered only once every byte is stored; reading it is a job of its own. Nothing of the body touches a temporary folder.</remarks>
internal static class ReceiveList
{
    public sealed record Response(Guid Id, string Status);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/imports", Handle).WithName(nameof(ReceiveList)).RequireRoles(Roles.BrandAnalyst).WithBodyLimit(SizeLimits.Largest);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        HttpRequest request, Caller caller, SuppliersDb db, FileKey key, ImportSignal signal, TimeProvider time, CancellationToken stop, string? fileName = null)
    {
        if (request.ContentLength > SizeLimits.SupplierList) return TooLarge();

        var (body, given) = await Body(request, stop);
        if (body is null) return Problems.Bad("file-missing", "The request has no file. Send the list as the body, or as the file of a form.");

        var import = SupplierImport.Begin(new PartyId(caller.Party), Shown(fileName ?? given), time.GetUtcNow().UtcDateTime);
        db.Imports.Add(import);
        await db.SaveChangesAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[StoredFile.PieceSize];
        var size = 0L;
        for (var index = 0; ; index++)
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
            if (length == 0) break;
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
        }
        if (size == 0)
        {
            await Discard(import, db, stop);
            return Problems.Bad("list-empty", "The file is empty. Upload a list with a header row and one row per site.");
        }

        import.Receive(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        await db.SaveChangesAsync(stop);
        signal.Raise();
        return TypedResults.Accepted($"/api/v1/suppliers/imports/{import.Id}", new Response(import.Id, import.Status));
    }

    /// <summary>Nothing of a refused list stays. What a broken connection leaves is cleared by the reader after a day.</summary>
    private static async Task Discard(SupplierImport import, SuppliersDb db, CancellationToken stop)
    {
        await db.Chunks.Where(c => c.ImportId == import.Id).ExecuteDeleteAsync(stop);
        await db.Imports.Where(i => i.Id == import.Id).ExecuteDeleteAsync(stop);
    }

    private static ProblemHttpResult TooLarge() => Problems.TooLarge("list-too-large",
        $"The list is larger than {SizeLimits.SupplierList >> 20} MB. Split it, or save only the columns for name, country, address, sector and workers.");

    private static async Task<(Stream? Body, string? Name)> Body(HttpRequest request, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
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
