using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Platform;

/// <summary>Who did what, when and from which session: written with the act, in its commit, and never changed afterwards. Its place in the chain is filled in once (<see cref="SealAuditTrail{TDb}"/>).</summary>
/// <remarks>Nothing of what was sent: no body, no query. Organisations each have a chain of their own, so that what one exports can be verified by itself, and tells nothing of how much others do.</remarks>
internal sealed class AuditEntry
{
    public const string Done = "done";
    public const int LongestWord = 200;

    public Guid Id { get; init; }

    /// <summary>Full milliseconds, so that both databases give back what was written; where a time could tell something of a worker the day alone.</summary>
    public DateTime At { get; init; }

    /// <summary>The database's epoch when it was written.</summary>
    public int Epoch { get; init; }

    /// <summary>A subject as access tokens name it: a person's id or <c>client:…</c>.</summary>
    public string Who { get; init; } = "";

    /// <summary>The organisation acted for; the empty id for none.</summary>
    public Guid Party { get; init; }

    /// <summary>The token's <c>sid</c>, where there is one.</summary>
    public string? Session { get; init; }

    /// <summary>The name of the endpoint.</summary>
    public string What { get; init; } = "";

    /// <summary>Ids in the address and what the act says besides (<see cref="AuditWords"/>), with spaces between.</summary>
    public string About { get; init; } = "";

    /// <summary><see cref="Done"/>, or the code of the problem with which it was refused.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>From 1 without a gap in each organisation's chain; null until it is sealed.</summary>
    public long? Sequence { get; private set; }

    /// <summary>The hash of the entry before.</summary>
    public byte[]? Previous { get; private set; }

    public byte[]? Hash { get; private set; }

    /// <summary>Gives it its place after another.</summary>
    public void Seal(long sequence, byte[] previous) => (Sequence, Previous, Hash) = (sequence, previous, HashAt(sequence, previous));

    /// <summary>Its hash in that place.</summary>
    public byte[] HashAt(long sequence, byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "recruitment audit entry 1"u8);
        Add(hash, previous);
        Add(hash, sequence);
        Add(hash, Id.ToByteArray(bigEndian: true));
        Add(hash, At.Ticks);
        Add(hash, Epoch);
        Add(hash, Party.ToByteArray(bigEndian: true));
        // No session is not the same as one without a name.
        Add(hash, Session is null ? 0L : 1L);
        foreach (var text in new[] { Who, Session ?? "", What, About, Outcome }) Add(hash, Encoding.UTF8.GetBytes(text));
        return hash.GetHashAndReset();
    }

    /// <summary>What stands before the first entry: a chain of another service or organisation does not fit in its place.</summary>
    public static byte[] Beginning(string service, Guid party)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "recruitment audit chain 1"u8);
        Add(hash, Encoding.UTF8.GetBytes(service));
        Add(hash, party.ToByteArray(bigEndian: true));
        return hash.GetHashAndReset();
    }

    /// <summary>With its length before it: no two different entries have the same bytes.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

/// <summary>The end of one organisation's chain: entries that are taken away from the end leave no gap, and are missed here.</summary>
internal sealed class AuditHead
{
    public Guid Party { get; init; }
    public long Sequence { get; private set; }
    public byte[] Hash { get; private set; } = [];

    public static AuditHead Before(string service, Guid party) => new() { Party = party, Hash = AuditEntry.Beginning(service, party) };

    /// <summary>The entry becomes the last.</summary>
    public void Take(AuditEntry entry)
    {
        entry.Seal(Sequence + 1, Hash);
        (Sequence, Hash) = (entry.Sequence!.Value, entry.Hash!);
    }
}
