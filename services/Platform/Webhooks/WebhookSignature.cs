using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Platform;

/// <summary>The headers of the Standard Webhooks format: id, time and signatures over id, time and body, so that a receiver knows who sends and that it is no old copy.</summary>
internal static class WebhookSignature
{
    public static IEnumerable<KeyValuePair<string, string>> Headers(string id, DateTimeOffset now, byte[] body, IEnumerable<byte[]> secrets)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        yield return new("webhook-id", id);
        yield return new("webhook-timestamp", seconds);
        yield return new("webhook-signature", string.Join(' ', secrets.Select(s => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(s, signed))}")));
    }
}
