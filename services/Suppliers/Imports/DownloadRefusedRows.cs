using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports/{id}/refused.csv: the refused rows with their reasons, to mend in a spreadsheet and upload again.</summary>
internal static class DownloadRefusedRows
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports/{id:guid}/refused.csv", Handle).WithName(nameof(DownloadRefusedRows)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<PushStreamHttpResult, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == id && i.BrandId == new PartyId(caller.Party), stop)) return TypedResults.NotFound();

        return TypedResults.Stream(async body =>
        {
            // The byte order mark makes spreadsheets read it as UTF-8.
            await using var text = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
            await text.WriteAsync("Row,Name,Country,Address,Column,Code,What to do\r\n");
            await foreach (var row in db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && !r.Accepted).OrderBy(r => r.Number).AsAsyncEnumerable().WithCancellation(stop))
            {
                string?[] cells = [row.Number.ToString(CultureInfo.InvariantCulture), row.Name, row.Country, row.Address, row.Column, row.Code, row.Sentence];
                await text.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n");
            }
        }, "text/csv; charset=utf-8", "refused-rows.csv");
    }

    /// <summary>A cell that begins like a formula is defused: whoever opens the file must not run what a list contained.</summary>
    internal static string Cell(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
        return safe.IndexOfAny([',', '"', '\r', '\n']) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
