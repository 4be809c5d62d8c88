namespace Recruitment.Identity.Keys;

/// <summary>How the issuer's keys follow one another. Section <c>IssuerKeys</c>.</summary>
internal sealed class KeyOptions
{
    /// <summary>So many days a key makes tokens before the next one does. Default: 30.</summary>
    public int UsedForDays { get; set; } = 30;

    /// <summary>
    /// So many hours the next key is published before it makes its first token. Default: 48. Our services look every half a minute; programs of others that read the keys once a day see it in time.
    /// </summary>
    public int PublishedBeforeHours { get; set; } = 48;

    /// <summary>Every so many seconds a replica looks whether a key was made or retired by another. Default: 10.</summary>
    public int LookedAtEverySeconds { get; set; } = 10;

    public bool IsValid => UsedForDays is >= 1 and <= 365 && PublishedBeforeHours is >= 1 and <= 24 * 30 && PublishedBeforeHours < UsedForDays * 24 && LookedAtEverySeconds is >= 1 and <= 60;
}
