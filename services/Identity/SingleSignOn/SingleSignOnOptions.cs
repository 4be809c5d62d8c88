namespace Recruitment.Identity.SingleSignOn;

/// <summary>What an operator may set, under <c>SingleSignOn</c>.</summary>
internal sealed class SingleSignOnOptions
{
    /// <summary>The DNS server that is asked for proofs of domains, ADDRESS:PORT. Default: those of the machine.</summary>
    public string NameServer { get; set; } = "";

    /// <summary>So long somebody may take at the organisation's own provider. Default 10 minutes; at least 1, at most 60.</summary>
    public int MinutesAway { get; set; } = 10;

    /// <summary>So many seconds the provider's clock may be off from ours. Default 60; at most 300.</summary>
    public int ClockSkewSeconds { get; set; } = 60;

    public string? Wrong() =>
        NameServer.Length > 0 && !System.Net.IPEndPoint.TryParse(NameServer, out _) ? "SingleSignOn:NameServer is no address: write ADDRESS:PORT, or leave it out."
        : MinutesAway is < 1 or > 60 ? "SingleSignOn:MinutesAway must be 1 to 60."
        : ClockSkewSeconds is < 0 or > 300 ? "SingleSignOn:ClockSkewSeconds must be 0 to 300."
        : null;
}
