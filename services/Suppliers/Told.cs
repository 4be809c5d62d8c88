using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers;

/// <summary>What a brand's own programs are told over its webhooks: ids and states. They ask for the rest, as the brand.</summary>
internal static class Told
{
    /// <summary>A list that the brand handed in was read to its end, or could not be read.</summary>
    public const string ListRead = "supplier_list.read";

    /// <summary>A supplier that shares its answers with the brand answered the questions about a site.</summary>
    public const string SupplierAnswered = "supplier.answered";

    public static Task TellOfList(this SuppliersDb db, SupplierImport import, CancellationToken stop) =>
        db.Announce(import.BrandId.Value, ListRead, new { importId = import.Id, status = import.Status }, stop);

    /// <summary>Nobody else: to whom a supplier does not show its answers it does not show either that it gave some.</summary>
    public static async Task TellOfAnswers(this SuppliersDb db, Site site, CancellationToken stop)
    {
        var shown = await db.Relations.AsNoTracking().Where(r => r.SupplierId == site.PartyId && r.Status == "open" && r.SharedAt != null).Select(r => r.BrandId).ToListAsync(stop);
        foreach (var brand in shown) await db.Announce(brand.Value, SupplierAnswered, new { supplierId = site.PartyId.Value, siteId = site.Id.Value }, stop);
    }
}
