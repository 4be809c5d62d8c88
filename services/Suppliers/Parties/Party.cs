using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Parties;

/// <summary>An organisation in the chain, once, whoever named it first.</summary>
internal sealed class Party
{
    private Party() { }

    public PartyId Id { get; private init; }
    public int Version { get; private set; }
    public string Kind { get; private init; } = "";
    public string Name { get; private set; } = "";
    public string Country { get; private set; } = "";
    public string Status { get; private set; } = "active";
    public PartyId? OwnerId { get; private set; }

    /// <summary>What a list's row is compared with.</summary>
    public Guid Key { get; private set; }

    /// <summary>When somebody joined for this organisation; from then on no invitation makes an account for it.</summary>
    public DateTime? ClaimedAt { get; private set; }

    public string? LegalName { get; private set; }
    public string? RegistrationNumber { get; private set; }
    public string? ContactRole { get; private set; }
    public bool? EmployerHousing { get; private set; }

    public static Party Register(PartyId id, string kind, string name, string country, PartyId? owner = null) => new()
    {
        Id = id, Version = 1, Kind = kind, Name = name, Country = country, OwnerId = owner, Key = Names.PartyKey(kind, name, country),
    };

    /// <summary>True when something changed.</summary>
    public bool Describe(string name, string country, PartyId? owner)
    {
        if ((Name, Country, OwnerId) == (name, country, owner)) return false;
        (Name, Country, OwnerId) = (name, country, owner);
        Key = Names.PartyKey(Kind, name, country);
        Version++;
        return true;
    }

    public void ChangeProfile(string legalName, string? registrationNumber, string? contactRole, bool? employerHousing)
    {
        (LegalName, RegistrationNumber, ContactRole, EmployerHousing) = (legalName, registrationNumber, contactRole, employerHousing);
        Version++;
    }

    public void Claim(DateTime now)
    {
        ClaimedAt ??= now;
        Version++;
    }

    public PartyChanged State(int epoch) => new()
    {
        PartyId = Id.Value, Epoch = epoch, Sequence = Version, Kind = Kind, Name = Name, Country = Country, Status = Status, OwnerPartyId = OwnerId?.Value,
    };
}
