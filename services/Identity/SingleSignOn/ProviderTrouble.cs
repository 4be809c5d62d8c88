namespace Recruitment.Identity.SingleSignOn;

/// <summary>What is logged of a provider that failed: which one and what was wrong, never whom it signed in.</summary>
internal static partial class ProviderTrouble
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Single sign-on at provider {Provider} failed: {Reason}")]
    public static partial void Say(ILogger logger, Guid provider, string reason);
}
