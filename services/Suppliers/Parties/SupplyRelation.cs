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

    public static SupplyRelation Open(PartyId brand, PartyId supplier, string name) => new()
    {
        Id = RandomId.New(), Version = 1, BrandId = brand, SupplierId = supplier, Name = name, NameKey = Names.Normalised(name),
    };

    public void Ask(DateTime now)
    {
        AskedAt ??= now;
        Version++;
    }

    public void Share(DateTime now)
    {
        if (AskedAt is null) throw new BrokenRuleException("not-asked", "This brand has not asked to see your answers.");
        SharedAt ??= now;
        Version++;
    }

    public SupplyRelationChanged State(int epoch) => new()
    {
        RelationId = Id, Epoch = epoch, Sequence = Version, BrandPartyId = BrandId.Value, SupplierPartyId = SupplierId.Value, Status = Status,
        SupplierName = Name, SharedOn = SharedAt is { } at ? DateOnly.FromDateTime(at) : null,
    };
}
