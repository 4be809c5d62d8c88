namespace Recruitment.Platform;

/// <summary>What a consumer refuses rather than passes over: it becomes a dead letter, and the state does not count as heard, so a later release can be told it again (docs/adr/0022).</summary>
public static class OnlyKnown
{
    /// <summary>Throws an <see cref="InvalidOperationException"/> when the value is none of those that this release gives a meaning to.</summary>
    public static void Status(string value, params ReadOnlySpan<string> known)
    {
        if (!known.Contains(value)) throw new InvalidOperationException($"This release knows no status {value}.");
    }
}
