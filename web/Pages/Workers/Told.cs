using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Recruitment.Web.Pages.Workers;

/// <summary>What a worker has told so far, receipt included. It lives encrypted in her page alone: no cookie, no session, no row.</summary>
public sealed record Told
{
    public bool? SafeNow { get; init; }
    public bool? Under18 { get; init; }
    public string? AboutKind { get; init; }
    public Guid? AboutId { get; init; }
    public string? AboutName { get; init; }
    public string? Topic { get; init; }
    public string? Text { get; init; }
    public string? HandlerWish { get; init; }
    public string? InterpreterWish { get; init; }
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary>Made before the first question and carried by every page, so that a page loaded again shows the code that she has written down.</summary>
    public string? Receipt { get; init; }

    /// <summary>For what she changes after it was sent: made at the same moment, for the same reason.</summary>
    public IReadOnlyList<string> SpareReceipts { get; init; } = [];

    /// <summary>Known to this form alone: with it the service knows its report again, locked or deleted too, which it must tell nobody who has only her code.</summary>
    public Guid? FormId { get; init; }

    /// <summary>With how many cases hers is counted if she agrees, as the form tells her.</summary>
    public int? CountedTogether { get; init; }

    /// <summary>The service's own word about when this form was begun.</summary>
    public string? Begun { get; init; }
}

/// <summary>Seals and opens the page's state. A day is enough for a slow writer and short for a lost phone.</summary>
internal sealed class ToldState(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("worker form v1").ToTimeLimitedDataProtector();

    public string Close(Told told)
    {
        using var memory = new MemoryStream();
        using (var brotli = new BrotliStream(memory, CompressionLevel.Fastest)) JsonSerializer.Serialize(brotli, told);
        return System.Buffers.Text.Base64Url.EncodeToString(protector.Protect(memory.ToArray(), Lasts));
    }

    /// <summary>Null when it is too old, damaged or not ours.</summary>
    public Told? Open(string? state)
    {
        try
        {
            var bytes = protector.Unprotect(System.Buffers.Text.Base64Url.DecodeFromChars(state ?? ""), out _);
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<Told>(brotli);
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
