using System.Text;
using System.Text.Json;

namespace Recruitment.Grievances.Cases;

/// <summary>The purposes things are sealed for. The handler's browser and any machine client use the same words (README.md).</summary>
internal static class Sealing
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static byte[] MessageInfo { get; } = "recruitment grievances message v1"u8.ToArray();
    public static byte[] CaseKeyInfo { get; } = "recruitment grievances case key v1"u8.ToArray();
    public static byte[] ReplyInfo { get; } = "recruitment grievances reply v1"u8.ToArray();

    /// <summary>Bound to its case: moved to another case, it opens no more.</summary>
    public static byte[] Of(Guid grievance) => Encoding.ASCII.GetBytes(grievance.ToString());

    /// <summary>Filled with spaces to a full kilobyte, for the length of a text tells its writer.</summary>
    public static byte[] Pad<T>(T content)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(content, Json);
        var padded = new byte[(json.Length + 1023) / 1024 * 1024];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }
}

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

/// <summary>What a worker may wish for in the person she speaks with.</summary>
internal static class Wish
{
    public const string Words = "woman|man|either";
}

/// <summary>A site or recruiter of the directory, or a name as the worker wrote it.</summary>
/// <remarks>Kind: site, recruiter or written.</remarks>
internal sealed record About(string Kind, Guid? Id, string Name);

/// <summary>What is sealed later, from either side.</summary>
internal sealed record Said(string Text);
