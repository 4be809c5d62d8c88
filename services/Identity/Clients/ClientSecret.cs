using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Identity.Clients;

/// <summary>Secrets that we make for machines: 256 random bits, so that one round of SHA-256 hides them (docs/adr/0024). As kept: the hash, and the one before with its end.</summary>
internal static class ClientSecret
{
    /// <summary>What our secrets begin with, so that scanners find a leaked one.</summary>
    private const string Ours = "rcs_";

    /// <summary>What our hashes begin with. The library's begin otherwise.</summary>
    private const string Hashed = "sha256:";

    public static string New() => Ours + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsOurs(string secret) => secret.StartsWith(Ours, StringComparison.Ordinal) && secret.Length == Ours.Length + 43;

    public static bool IsOurHash(string kept) => kept.StartsWith(Hashed, StringComparison.Ordinal);

    public static string Hash(string secret) => Hashed + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The new one, and the one of before until then. One of before that was still good is so no longer: there are two at most.</summary>
    public static string Hash(string secret, string before, DateTime beforeUntil) =>
        $"{Hash(secret)} {before.Split(' ')[0]}@{((DateTimeOffset)beforeUntil).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";

    /// <summary>In the same time whatever differs.</summary>
    public static bool Opens(string secret, string kept, DateTimeOffset now)
    {
        var given = Encoding.ASCII.GetBytes(Hash(secret));
        var opens = false;
        foreach (var one in kept.Split(' '))
        {
            var parts = one.Split('@');
            var isOver = parts.Length > 1 && long.Parse(parts[1], CultureInfo.InvariantCulture) <= now.ToUnixTimeSeconds();
            opens |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(parts[0])) && !isOver;
        }
        return opens;
    }
}
