using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>A brand says it buys from a supplier. What the supplier says of itself is the brand's to read only once the supplier shares it.</summary>
internal sealed class SupplyRelation
{
    private SupplyRelation() { }

    public Guid Id { get; private init; }
    public int Version { get; private set; }
    public PartyId BrandId { get; private init; }
    public PartyId SupplierId { get; private init; }

    /// <summary>The supplier's name in the brand's own spelling: another brand's would show that there is another.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What the brand's search looks in.</summary>
    public string NameKey { get; private init; } = "";

    public string Status { get; private set; } = "open";

    /// <summary>When the brand asked the supplier to join or to share.</summary>
    public DateTime? AskedAt { get; private set; }

    public DateTime? SharedAt { get; private set; }

    /// <summary>The day of that; null where it was not kept yet, which was the day in UTC.</summary>
    public DateOnly? SharedOn { get; private set; }

    /// <summary>When the supplier last ended its sharing; null while it shares and when it never did.</summary>
    public DateTime? SharingEndedAt { get; private set; }

    public bool IsOpen => Status == "open";

    public static SupplyRelation Open(PartyId brand, PartyId supplier, string name) => new()
    {
        Id = RandomId.New(), Version = 1, BrandId = brand, SupplierId = supplier, Name = name, NameKey = Names.Normalised(name),
    };

    public void Ask(DateTime now)
    {
        AskedAt ??= now;
        Version++;
    }

    public void Share(DateTime now, DateOnly today)
    {
        if (AskedAt is null) throw new BrokenRuleException("not-asked", "This brand has not asked to see your answers.");
        if (SharedAt is null) (SharedAt, SharedOn) = (now, today);
        SharingEndedAt = null;
        Version++;
    }

    /// <summary>From now on the brand reads nothing more; what it read stays read. True when that was new.</summary>
    public bool EndSharing(DateTime now)
    {
        if (SharedAt is null) return false;
        (SharedAt, SharedOn, SharingEndedAt) = (null, null, now);
        Version++;
        return true;
    }

    /// <summary>No list of the brand names the supplier any more. Should one do so again, the brand has to ask again and the supplier to share again.</summary>
    public void End(DateTime now)
    {
        EndSharing(now);
        (Status, AskedAt) = ("ended", null);
        Version++;
    }

    public void Reopen()
    {
        Status = "open";
        Version++;
    }

    public SupplyRelationChanged State(int epoch) => new()
    {
        RelationId = Id, Epoch = epoch, Sequence = Version, BrandPartyId = BrandId.Value, SupplierPartyId = SupplierId.Value, Status = Status,
        SupplierName = Name, SharedOn = SharedAt is { } at ? SharedOn ?? DateOnly.FromDateTime(at) : null,
    };
}
