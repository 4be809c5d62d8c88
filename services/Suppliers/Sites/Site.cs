using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Sites;

/// <summary>A place where people work.</summary>
internal sealed class Site
{
    public const string NameMissing = "The name of the site is missing. Add it.";

    private Site() { }

    public SiteId Id { get; private init; }
    public int Version { get; private set; }
    public PartyId PartyId { get; private init; }
    public string Name { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Country { get; private set; } = "";

    /// <summary>What it is called now, as one of its supplier's sites is told from another.</summary>
    public Guid Key => Names.SiteKey(Name, Country, Address);

    /// <summary>The same, kept for a site that its supplier entered: no two of one supplier, not even entered at the same moment. A listed site has none:
    /// two brands may spell one place in two ways, and its supplier may correct both.</summary>
    public Guid? EnteredKey { get; private set; }

    public string? Province { get; private set; }
    public string? Sector { get; private set; }
    public static readonly IReadOnlyList<string> Statuses = ["active", "ended"];

    public string Status { get; private set; } = "active";

    /// <summary>The day on which its supplier said that nobody works there any more; null while people do, and where it was said before the day was kept.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>The supplier has entered or confirmed it; before that only the brands that listed it may see it.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>As the supplier declared it. What a list says stays with the brand that said it.</summary>
    public int? WorkersTotal { get; private set; }

    /// <summary>As others read them, like the migrants among them: <see cref="Practice.ReadableWorkforce"/>.</summary>
    public int? WorkersShown { get; private set; }

    public int? MigrantWorkers { get; private set; }
    public DateOnly? WorkersAsOf { get; private set; }

    public static Site Listed(PartyId party, string name, string address, string country, string? province, string? sector) => new()
    {
        Id = SiteId.New(), Version = 1, PartyId = party, Name = name, Address = address, Country = country,
        Province = province, Sector = sector,
    };

    public static Site Entered(PartyId party, string name, string address, string country, string? province, string? sector)
    {
        var site = Listed(party, name, address, country, province, sector);
        (site.Confirmed, site.EnteredKey) = (true, site.Key);
        return site;
    }

    /// <summary>Whoever answers for a place says that it is one of its own. True when that was new.</summary>
    public bool Confirm()
    {
        if (Confirmed) return false;
        Confirmed = true;
        Version++;
        return true;
    }

    public void Change(string name, string address, string country, string? province, string? sector, string status, DateOnly today)
    {
        if (status != Status) EndedOn = status == "ended" ? today : null;
        // Nothing said takes nothing known away: a site is moved to another sector, never to none.
        (Name, Address, Country, Province, Sector, Status) = (name, address, country, province, sector ?? Sector, status);
        if (EnteredKey is not null) EnteredKey = Key;
        Confirmed = true;
        Version++;
    }

    public void DeclareWorkforce(int total, int? shown, int? migrantsShown, DateOnly asOf)
    {
        (WorkersTotal, WorkersShown, MigrantWorkers, WorkersAsOf) = (total, shown, migrantsShown, asOf);
        Confirmed = true;
        Version++;
    }

    /// <summary>Only of a confirmed site: before, its words are those of whichever brand listed it first.</summary>
    public SiteChanged State(int epoch) => !Confirmed ? throw new InvalidOperationException("A site that its supplier has not confirmed is not published.") : new()
    {
        SiteId = Id.Value, Epoch = epoch, Sequence = Version, PartyId = PartyId.Value, Name = Name, Address = Address, Country = Country,
        Province = Province, Sector = Sector, Status = Status, EndedOn = EndedOn, WorkersTotal = WorkersShown, MigrantWorkers = MigrantWorkers,
    };
}

/// <summary>A spelling under which a brand's list named a site, so that the same list finds it again, whatever its supplier calls it meanwhile.
/// What a supplier calls its sites is none: it could take the place of another on a list by calling its own site the same.</summary>
internal sealed class SiteAlias
{
    public Guid Key { get; init; }
    public SiteId SiteId { get; init; }
}

/// <summary>A brand's own words about a site. Another brand's words are never shown to it.</summary>
internal sealed class SiteListing
{
    public PartyId BrandId { get; init; }
    public SiteId SiteId { get; init; }
    public PartyId SupplierId { get; init; }
    public string Name { get; init; } = "";
    public string Address { get; init; } = "";
    public string Country { get; init; } = "";
    public int Version { get; private set; } = 1;
    public string? Sector { get; private set; }
    public string? VendorNumber { get; private set; }
    public int? Workers { get; private set; }
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }

    /// <summary>The only list that named the site was taken back. The row stays: a later list goes on from its version.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    public void Withdraw(DateTime now)
    {
        WithdrawnAt = now;
        Version++;
    }

    /// <summary>Named again: nothing that the list taken back said is left.</summary>
    public void ListAgain()
    {
        (WithdrawnAt, Sector, VendorNumber, Workers, Latitude, Longitude) = (null, null, null, null, null, null);
        Version++;
    }

    /// <summary>Takes what a newer list says; what it leaves out stays. True when something changed.</summary>
    public bool Hear(string? sector, string? vendorNumber, int? workers, double? latitude, double? longitude)
    {
        var before = (Sector, VendorNumber, Workers, Latitude, Longitude);
        Sector = sector ?? Sector;
        VendorNumber = vendorNumber ?? VendorNumber;
        Workers = workers ?? Workers;
        (Latitude, Longitude) = latitude is null ? (Latitude, Longitude) : (latitude, longitude);
        return before != (Sector, VendorNumber, Workers, Latitude, Longitude);
    }

    public void Renew() => Version++;

    public SiteListed State(int epoch) => new()
    {
        ListingId = Names.ListingId(BrandId, SiteId), Epoch = epoch, Sequence = Version, BrandPartyId = BrandId.Value, SupplierPartyId = SupplierId.Value,
        SiteId = SiteId.Value, Name = Name, Country = Country, Sector = Sector, Workers = Workers,
        Status = WithdrawnAt is null ? "listed" : "withdrawn",
    };
}

/// <summary>Three neighbouring characters of a name: the one search index that both databases have.</summary>
internal sealed class NameGram
{
    public string Gram { get; init; } = "";
    public string Kind { get; init; } = "";
    public Guid Subject { get; init; }

    public static IEnumerable<NameGram> Of(string kind, Guid subject, string name) =>
        Names.Grams(name).Select(gram => new NameGram { Gram = gram, Kind = kind, Subject = subject });

    /// <summary>From the next save on it is found by this name alone: what no longer belongs to it goes and what is new comes, in one save with whatever else changes.</summary>
    public static async Task Rename(SuppliersDb db, string kind, Guid subject, string name, CancellationToken stop)
    {
        var before = await db.Grams.Where(g => g.Kind == kind && g.Subject == subject).ToDictionaryAsync(g => g.Gram, stop);
        var after = Of(kind, subject, name).ToDictionary(g => g.Gram);
        db.Grams.RemoveRange(before.Values.Where(g => !after.ContainsKey(g.Gram)));
        db.Grams.AddRange(after.Values.Where(g => !before.ContainsKey(g.Gram)));
    }
}
