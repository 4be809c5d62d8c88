using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Parties;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Imports;

/// <summary>Some rows of a list, saved together. What others said stays as it is; only this brand's own words are added or renewed.</summary>
internal sealed class ImportBatch(SuppliersDb db, SupplierImport import, FileKey key)
{
    private const int GramsAtOnce = 300;
    private readonly List<NameGram> grams = [];

    public async Task Take(IReadOnlyList<ListRow> rows, DateTime leaseUntil, CancellationToken stop)
    {
        var good = rows.Where(r => r.Refused is null).ToList();
        var siteKeys = good.Select(r => r.Key).Distinct().ToList();
        var partyKeys = good.Select(PartyKey).Distinct().ToList();
        var brand = import.BrandId;

        var aliases = await Aliases(siteKeys, stop);
        await TakeTurns(good, aliases, stop);
        var known = aliases.Values.ToList();
        var owners = await db.Sites.AsNoTracking().Where(s => known.Contains(s.Id)).Select(s => new { s.Id, s.PartyId }).ToDictionaryAsync(s => s.Id, s => s.PartyId, stop);
        var parties = (await db.Parties.AsNoTracking().Where(p => partyKeys.Contains(p.Key) && p.Kind == PartyKinds.Supplier).Select(p => new { p.Key, p.Id }).ToListAsync(stop))
            .GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Min(p => p.Id.Value));
        await BindEntered(good, aliases, owners, parties, stop);
        known = [.. aliases.Values];
        var listed = await db.Listings.IgnoreQueryFilters([SuppliersDb.Current]).Where(l => l.BrandId == brand && known.Contains(l.SiteId)).ToDictionaryAsync(l => l.SiteId, stop);
        var suppliers = owners.Values.Concat(parties.Values.Select(p => new PartyId(p))).Distinct().ToList();
        var related = (await db.Relations.AsNoTracking().Where(r => r.BrandId == brand && r.Status == "open" && suppliers.Contains(r.SupplierId)).Select(r => r.SupplierId).ToListAsync(stop)).ToHashSet();
        var ended = await db.Relations.Where(r => r.BrandId == brand && r.Status != "open" && suppliers.Contains(r.SupplierId)).ToDictionaryAsync(r => r.SupplierId, stop);

        var (added, changed) = (0, 0);
        foreach (var row in good)
        {
            var (site, supplier) = aliases.TryGetValue(row.Key, out var found) ? (found, owners[found]) : AddSite(row, parties);
            if (related.Add(supplier)) Relate(row, supplier, ended);
            if (!listed.TryGetValue(site, out var listing))
            {
                added++;
                listed[site] = List(row, site, supplier);
            }
            else if (listing.WithdrawnAt is not null)
            {
                added++;
                listing.ListAgain();
                listing.Hear(row.Sector, row.VendorNumber, row.Workers, row.Latitude, row.Longitude);
                db.Publish(listing.State(db.Epoch));
            }
            else if (listing.Hear(row.Sector, row.VendorNumber, row.Workers, row.Latitude, row.Longitude))
            {
                changed++;
                listing.Renew();
                db.Publish(listing.State(db.Epoch));
            }
            db.ImportRows.Add(Outcome(row, supplier, site));
        }
        foreach (var row in rows.Where(r => r.Refused is not null)) db.ImportRows.Add(Outcome(row, null, null));
        import.Advance(rows.Count, good.Count, rows.Count - good.Count, added, changed, leaseUntil);
    }

    /// <summary>Twenty a name and nobody's to track: written in whole statements, which is most of the time of a long list saved.</summary>
    public async Task SaveGrams(CancellationToken stop)
    {
        foreach (var some in grams.Chunk(GramsAtOnce))
        {
            // Only places for parameters are put together here, no text of anybody's.
            var places = string.Join(", ", some.Select((_, i) => $"({{{3 * i}}}, {{{(3 * i) + 1}}}, {{{(3 * i) + 2}}})"));
            var insert = "INSERT INTO \"Grams\" (\"Gram\", \"Kind\", \"Subject\") VALUES " + places;
            await db.Database.ExecuteSqlRawAsync(insert, some.SelectMany(g => new object[] { g.Gram, g.Kind, g.Subject }), stop);
        }
    }

    /// <summary>Whoever else names one of the places that are new, or its organisation, at this moment has saved it before or waits for this batch: one organisation does not become two.</summary>
    private async Task TakeTurns(List<ListRow> rows, Dictionary<Guid, SiteId> aliases, CancellationToken stop)
    {
        var unknown = rows.Where(r => !aliases.ContainsKey(r.Key)).ToList();
        if (unknown.Count == 0) return;

        await db.TakeTurns(unknown.Select(PartyKey), stop);
        foreach (var (place, site) in await Aliases([.. unknown.Select(r => r.Key).Distinct()], stop)) aliases[place] = site;
    }

    private Task<Dictionary<Guid, SiteId>> Aliases(List<Guid> keys, CancellationToken stop) =>
        db.Aliases.AsNoTracking().Where(a => keys.Contains(a.Key)).ToDictionaryAsync(a => a.Key, a => a.SiteId, stop);

    private static Guid PartyKey(ListRow row) => Names.PartyKey(PartyKinds.Supplier, row.Name, row.CountryCode);

    /// <summary>A site that a supplier entered itself is found under that supplier's own name only: a site called like a competitor's is no way onto the competitor's place.</summary>
    private async Task BindEntered(List<ListRow> rows, Dictionary<Guid, SiteId> aliases, Dictionary<SiteId, PartyId> owners, Dictionary<Guid, Guid> parties, CancellationToken stop)
    {
        var unbound = rows.Where(r => !aliases.ContainsKey(r.Key) && parties.ContainsKey(PartyKey(r))).ToList();
        var suppliers = unbound.Select(r => new PartyId(parties[PartyKey(r)])).Distinct().ToList();
        if (suppliers.Count == 0) return;

        var entered = (await db.Sites.AsNoTracking().Where(s => s.Confirmed && suppliers.Contains(s.PartyId)).ToListAsync(stop)).ToLookup(s => (s.PartyId, s.Key));
        foreach (var row in unbound)
        {
            var supplier = new PartyId(parties[PartyKey(row)]);
            if (entered[(supplier, row.Key)].MinBy(s => s.Id.Value) is not { } site) continue;
            aliases[row.Key] = site.Id;
            owners[site.Id] = supplier;
            db.Aliases.Add(new() { Key = row.Key, SiteId = site.Id });
        }
    }

    private (SiteId, PartyId) AddSite(ListRow row, Dictionary<Guid, Guid> parties)
    {
        var partyKey = PartyKey(row);
        if (!parties.TryGetValue(partyKey, out var party))
        {
            var supplier = Party.Register(PartyId.New(), PartyKinds.Supplier, row.Name, row.CountryCode);
            db.Parties.Add(supplier);
            db.Publish(supplier.State(db.Epoch));
            parties[partyKey] = party = supplier.Id.Value;
        }

        var site = Site.Listed(new PartyId(party), row.Name, row.Address, row.CountryCode, row.Province, row.Sector);
        db.Sites.Add(site);
        db.Aliases.Add(new() { Key = row.Key, SiteId = site.Id });
        grams.AddRange(NameGram.Of("site", site.Id.Value, site.Name));
        return (site.Id, site.PartyId);
    }

    private void Relate(ListRow row, PartyId supplier, Dictionary<PartyId, SupplyRelation> ended)
    {
        if (ended.TryGetValue(supplier, out var relation)) relation.Reopen();
        else db.Relations.Add(relation = SupplyRelation.Open(import.BrandId, supplier, row.Name));
        db.Publish(relation.State(db.Epoch));
    }

    private SiteListing List(ListRow row, SiteId site, PartyId supplier)
    {
        var listing = new SiteListing { BrandId = import.BrandId, SiteId = site, SupplierId = supplier, Name = row.Name, Address = row.Address, Country = row.CountryCode };
        listing.Hear(row.Sector, row.VendorNumber, row.Workers, row.Latitude, row.Longitude);
        db.Listings.Add(listing);
        db.Publish(listing.State(db.Epoch));
        return listing;
    }

    private ImportRow Outcome(ListRow row, PartyId? supplier, SiteId? site) => new()
    {
        ImportId = import.Id, Number = row.Number, Accepted = supplier is not null, Name = row.Name, Country = row.Country, Address = row.Address,
        Column = row.Refused?.Column ?? row.Remark?.Column, Code = row.Refused?.Code ?? row.Remark?.Code,
        Sentence = row.Refused?.Sentence ?? row.Remark?.Sentence, PartyId = supplier?.Value, SiteId = site,
        Headings = row.Kept?.SealHeadings(key, import.Id, row.Number), Cells = row.Kept?.SealCells(key, import.Id, row.Number),
    };
}
