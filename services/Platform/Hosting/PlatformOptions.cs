namespace Recruitment.Platform;

/// <summary>What every host is told from outside. Everything has a good value for the embedded default.</summary>
public sealed class PlatformOptions
{
    public const string Demonstration = "demonstration";
    public const string Operation = "operation";

    /// <summary>demonstration or operation (default). Written once into every database and never changed after.</summary>
    public string Mode { get; set; } = Operation;

    /// <summary>Where embedded databases, secrets and the demonstration clock live. Default: ./data.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The time zone by whose days everything is told that has no calendar of its own, by its IANA name. Default: Asia/Bangkok.</summary>
    public string TimeZone { get; set; } = "Asia/Bangkok";

    /// <summary>The token issuer. Default: the first address this host listens on.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where the issuer's discovery document is read. Default: the issuer's own.</summary>
    public string MetadataAddress { get; set; } = "";

    /// <summary>Whether the discovery document is read where people sign in, on another machine. An address of its own is within the network of whoever runs this, who answers for it.</summary>
    public bool IsReadFromOutside => MetadataAddress.Length == 0 && !new Uri(Issuer).IsLoopback;

    /// <summary>Which <c>typ</c> an access token has. Default: at+jwt (RFC 9068); some issuers write JWT.</summary>
    public IReadOnlyList<string> AccessTokenTypes { get; set; } = [];

    /// <summary>Every so many seconds a service reads the issuer's keys, so that one which was retired stops to count. Default: 30; at least 1, at most 300.</summary>
    public int IssuerReadEverySeconds { get; set; } = 30;

    /// <summary>So many requests of one machine client a service answers in a minute, in each process; the others get 429. Our own services are not counted. Default: 6000.</summary>
    public int MachineRequestsPerMinute { get; set; } = 6_000;

    /// <summary>So many minutes after signing in somebody may do what asks for proof of who it is once more. Default: 15; at least 1, at most 60.</summary>
    public int ConfirmedForMinutes { get; set; } = 15;

    /// <summary>
    /// Names the restore by which the databases of this host came back, for instance its time. Once for each name every database counts as newer than all
    /// that it published before, and publishes its states again. Default: what the file <c>restored</c> in the data folder says, if there is one.
    /// </summary>
    public string Restored { get; set; } = "";

    internal const string NoMode = "Mode must be 'demonstration' or 'operation'.";

    internal static bool IsMode(string mode) => mode is Demonstration or Operation;

    public bool IsDemonstration => Mode == Demonstration;

    /// <summary>The restore by which the databases of this host came back; empty when they never did.</summary>
    public string NameOfRestore()
    {
        if (Restored.Length > 0) return Restored;
        var file = Path.Combine(DataFolder, "restored");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
    }
}
