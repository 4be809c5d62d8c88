namespace Recruitment.Identity.Clients;

/// <summary>Bounds for the programs of organisations. Section <c>ApiClients</c>.</summary>
internal sealed class ClientOptions
{
    /// <summary>So many days a client lives at most, and when nothing is said. Default: 365, which is also the most.</summary>
    public int LongestDays { get; set; } = 365;

    /// <summary>So many hours the old secret may go on beside a new one. Default: 168.</summary>
    public int LongestGraceHours { get; set; } = 168;

    /// <summary>So many clients that are neither ended nor expired an organisation has at most, and as many at which people sign in. Default: 20.</summary>
    public int MostOfOrganisation { get; set; } = 20;

    /// <summary>So many tokens one client gets in a minute. Default: 300; one token serves for 45 seconds.</summary>
    public int TokensPerMinute { get; set; } = 300;

    public bool IsValid => LongestDays is >= 1 and <= 365 && LongestGraceHours is >= 0 and <= 24 * 90 && MostOfOrganisation is >= 1 and <= 1_000 && TokensPerMinute is >= 1 and <= 1_000_000;
}
