namespace Recruitment.Grievances.Readers;

/// <summary>A case handler with a key of her own. The private half is wrapped under her passphrase, in her browser; this service cannot open it.</summary>
internal sealed class Reader
{
    private Reader() { }

    public Guid Id { get; private init; }
    public string Subject { get; private init; } = "";
    public byte[] PublicKey { get; private init; } = [];

    /// <summary>JSON as in README.md: public parameters and the wrapped private key.</summary>
    public string WrappedKey { get; private init; } = "";

    /// <summary>The same private key wrapped under her recovery code; null when she made none.</summary>
    public string? RecoveryKey { get; private init; }

    /// <summary>Where a mail goes when a case cannot wait; it says nothing about the case.</summary>
    public string? AlertAddress { get; private set; }

    /// <summary>One of the intake team, who open a case before the accused is named.</summary>
    public bool Intake { get; private set; }

    /// <summary>She is no case handler any more, as Identity says: nobody counts on her, and nothing new is sealed to her.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Keyed hashes of her own organisation and of those she declared a tie to.</summary>
    public List<string> TieHashes { get; private init; } = [];

    public static Reader Register(string subject, byte[] publicKey, string wrappedKey, string? recoveryKey, IEnumerable<string> ties) => new()
    {
        Id = RandomId.New(), Subject = subject, PublicKey = publicKey, WrappedKey = wrappedKey, RecoveryKey = recoveryKey, TieHashes = [.. ties.Distinct()],
    };

    public void Assign(bool intake) => Intake = intake;

    /// <summary>Whether she is still a case handler. One who comes back stands where she stood.</summary>
    public void Confirm(bool stillHandler) => HasLeft = !stillHandler;

    public void Alert(string? address) => AlertAddress = address;

    public bool IsBoundTo(IEnumerable<string> accused) => TieHashes.Intersect(accused).Any();
}
