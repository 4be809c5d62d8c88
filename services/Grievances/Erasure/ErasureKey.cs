namespace Recruitment.Grievances.Erasure;

/// <summary>Without it no copy of the case it belongs to can be read.</summary>
internal sealed class ErasureKey
{
    public Guid Id { get; init; }
    public byte[] Key { get; init; } = [];
}
