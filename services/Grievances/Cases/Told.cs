using System.Text.Json;

namespace Recruitment.Grievances.Cases;

/// <summary>What is sealed first: what the worker told, and the token her consent made.</summary>
internal sealed record Told
{
    public string Text { get; init; } = "";
    public string? Topic { get; init; }
    public About? About { get; init; }
    public bool? SafeNow { get; init; }
    public bool? Under18 { get; init; }

    /// <summary>Whom she would rather have read and answer. Sealed like all else: in clear it would tell men from women.</summary>
    public string? HandlerWish { get; init; }
    public string? InterpreterWish { get; init; }
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary>Without it nothing can be counted. Made only with consent and never for somebody under 18.</summary>
    public string? ContributionToken { get; init; }

    /// <summary>Made by the form she told it in, and known to nobody else. Sealed: it opens no case, but says whether a report is the same.</summary>
    public Guid? FormId { get; init; }

    /// <summary>Whether she tells the same; the token, made anew each time, is not hers.</summary>
    public bool SaysTheSameAs(Told other) => (this with { ContributionToken = null }).Words().SequenceEqual((other with { ContributionToken = null }).Words());

    private byte[] Words() => JsonSerializer.SerializeToUtf8Bytes(this, Sealing.Json);
}
