using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Recruitment.Platform;

namespace Recruitment.Suppliers;

/// <summary>An organisation's identity. Random: a time in it would tell one brand when another listed the same supplier.</summary>
internal readonly record struct PartyId(Guid Value)
{
    public static PartyId New() => new(RandomId.New());
    internal sealed class Stored() : ValueConverter<PartyId, Guid>(id => id.Value, value => new PartyId(value));
}

/// <summary>A site's identity, random for the same reason.</summary>
internal readonly record struct SiteId(Guid Value)
{
    public static SiteId New() => new(RandomId.New());
    internal sealed class Stored() : ValueConverter<SiteId, Guid>(id => id.Value, value => new SiteId(value));
}
