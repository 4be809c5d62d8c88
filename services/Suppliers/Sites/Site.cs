using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Sites;

/// <summary>A place where people work.</summary>
internal sealed class Site
{
    private Site() { }

    public SiteId Id { get; private init; }
    public int Version { get; private set; }
    public PartyId PartyId { get; private init; }
    public string Name { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Country { get; private set; } = "";
    public string? Province { get; private set; }
    public string? Sector { get; private set; }
    public string Status { get; private set; } = "active";

    /// <summary>The supplier has entered or confirmed it; before that only the brands that listed it may see it.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>As a brand's list said it; the supplier's own figure takes its place.</summary>
    public int? ListedWorkers { get; private init; }

    public int? WorkersTotal { get; private set; }
    public int? MigrantWorkers { get; private set; }
    public DateOnly? WorkersAsOf { get; private set; }

    public static Site Listed(PartyId party, string name, string address, string country, string? province, string? sector, int? workers) => new()
    {
        Id = SiteId.New(), Version = 1, PartyId = party, Name = name, Address = address, Country = country,
        Province = province, Sector = sector, ListedWorkers = workers,
    };

    public static Site Entered(PartyId party, string name, string address, string country, string? province, string? sector)
    {
        var site = Listed(party, name, address, country, province, sector, null);
        site.Confirmed = true;
        return site;
    }

    public void Change(string name, string address, string country, string? province, string? sector, string status)
    {
        (Name, Address, Country, Province, Sector, Status) = (name, address, country, province, sector, status);
        Confirmed = true;
        Version++;
    }

    public void DeclareWorkforce(int total, int migrants, DateOnly asOf)
    {
        (WorkersTotal, MigrantWorkers, WorkersAsOf) = (total, migrants, asOf);
        Confirmed = true;
        Version++;
    }

    public SiteChanged State(int epoch) => new()
    {
        SiteId = Id.Value, Epoch = epoch, Sequence = Version, PartyId = PartyId.Value, Name = Name, Address = Address, Country = Country,
        Province = Province, Sector = Sector, Status = Status, WorkersTotal = WorkersTotal ?? ListedWorkers, MigrantWorkers = MigrantWorkers,
    };
}

/// <summary>A spelling under which a site was ever listed or entered, so that an old list still finds it.</summary>
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
    public string? VendorNumber { get; init; }
    public int? Workers { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
}

/// <summary>Three neighbouring characters of a name: the one search index that both databases have.</summary>
internal sealed class NameGram
{
    public string Gram { get; init; } = "";
    public string Kind { get; init; } = "";
    public Guid Subject { get; init; }

    public static IEnumerable<NameGram> Of(string kind, Guid subject, string name) =>
        Names.Grams(name).Select(gram => new NameGram { Gram = gram, Kind = kind, Subject = subject });
}
