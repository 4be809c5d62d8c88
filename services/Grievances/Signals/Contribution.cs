using System.Security.Cryptography;
using System.Text.Json;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Signals;

/// <summary>One confirmed case's part in a signal, without case id: only the token sealed inside the case can find it again.</summary>
internal sealed class Contribution
{
    private Contribution() { }

    public Guid Id { get; private init; }

    /// <summary>Unique: the same case confirmed twice counts once.</summary>
    public string TokenHash { get; private init; } = "";
    public byte[] Sealed { get; private init; } = [];

    public static Contribution Of(string tokenHash, byte[] sealedCell) => new() { Id = RandomId.New(), TokenHash = tokenHash, Sealed = sealedCell };
}

/// <summary>Where a contribution counts: one organisation, one topic group, the quarter of its confirmation.</summary>
/// <remarks>Promised: it counts with at least so many, whatever the setting is by then.</remarks>
internal sealed record Cell(string SubjectKind, Guid SubjectId, string TopicGroup, string Period, int Promised = 10);

/// <summary>Contributions at rest: only the release key opens them, and it lives outside the database.</summary>
internal sealed class ContributionBox(Secrets secrets)
{
    private static readonly byte[] Info = "recruitment grievances contribution v1"u8.ToArray();

    public byte[] Close(Cell cell) => Hpke.Seal(Hpke.PublicKeyOf(Key()), Info, [], Sealing.Pad(cell));

    public Cell Open(byte[] sealedCell) => JsonSerializer.Deserialize<Cell>(Hpke.Open(Key(), Info, [], sealedCell), Sealing.Json)
        ?? throw new CryptographicException("An empty contribution.");

    private byte[] Key() => secrets.GetKey("release-key");
}
