namespace Recruitment.Grievances.Erasure;

/// <summary>The outer layer of everything that opens a case: encrypted under the case's erasure key, bound to that key's id.</summary>
internal sealed record CaseWrapping(Guid Id, byte[] Key)
{
    public byte[] Wrap(byte[] content) => AtRest.Seal(Key, content, Id.ToByteArray());

    public byte[] Unwrap(byte[] wrapped) => AtRest.Open(Key, wrapped, Id.ToByteArray());
}
