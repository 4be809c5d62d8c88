using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports/{id}/refused.csv: the refused rows as the list had them, each with its reason, to mend in a spreadsheet and upload again.</summary>
internal static class DownloadRefusedRows
{
    private const string NotWhole = " Only the name, country and address of this row are here: take the rest from your own list.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports/{id:guid}/refused.csv", Handle).WithName(nameof(DownloadRefusedRows)).Audited().WithFileAnswer("text/csv").RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<PushStreamHttpResult, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, FileKey key, CancellationToken stop)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == id && i.BrandId == new PartyId(caller.Party), stop)) return TypedResults.NotFound();

        return TypedResults.Stream(async body =>
        {
            var refused = db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && !r.Accepted).OrderBy(r => r.Number);
            var sheets = (await refused.Where(r => r.Headings != null).Select(r => new { r.Number, r.Headings }).ToListAsync(stop))
                .Select(r => KeptRow.OpenHeadings(key, id, r.Number, r.Headings!)).OfType<string[]>().ToList();
            // The byte order mark makes spreadsheets read it as UTF-8.
            await using var text = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
            var lines = sheets.Count == 0 ? Short(refused, stop) : Whole(new RefusedTable(sheets), id, refused, key, stop);
            await foreach (var cells in lines) await text.WriteAsync(string.Join(',', cells.Select(CsvCell.Of)) + "\r\n");
        }, "text/csv; charset=utf-8", "refused-rows.csv");
    }

    /// <summary>Every cell under the list's own headings, after our columns, which the reader of lists leaves out.</summary>
    private static async IAsyncEnumerable<IEnumerable<string?>> Whole(
        RefusedTable table, Guid id, IQueryable<ImportRow> refused, FileKey key, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        yield return table.Headings;
        int[]? places = null;
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(stop))
        {
            if (row.Headings is not null) places = KeptRow.OpenHeadings(key, id, row.Number, row.Headings) is { } sheet ? table.Places(sheet) : null;
            var cells = row.Cells is null || places is null ? null : KeptRow.OpenCells(key, id, row.Number, row.Cells);
            // A sheet that was not read is no row: it has nothing but our columns.
            var own = cells is not null ? table.Row(cells, places!) : row.Code == Refusal.SheetSkipped ? [] : table.Row(row.Name, row.Country, row.Address);
            yield return [Number(row), row.Column, row.Code, cells is null && own.Length > 0 ? row.Sentence + NotWhole : row.Sentence, .. own];
        }
    }

    /// <summary>Of lists that were read before cells were kept.</summary>
    private static async IAsyncEnumerable<IEnumerable<string?>> Short(IQueryable<ImportRow> refused, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        yield return ["Row", "Name", "Country", "Address", "Column", "Code", "What to do"];
        await foreach (var row in refused.AsAsyncEnumerable().WithCancellation(stop))
            yield return [Number(row), row.Name, row.Country, row.Address, row.Column, row.Code, row.Sentence];
    }

    private static string Number(ImportRow row) => row.Number.ToString(CultureInfo.InvariantCulture);
}
