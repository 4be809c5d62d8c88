using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Readers;

/// <summary>POST /api/v1/grievances/readers: a case handler of the operator registers her public key and her wrapped private key, once. Case handlers.</summary>
internal static class RegisterReader
{
    /// <remarks>
    /// Ties: organisations she works or worked for, owns a part of, or has family in. She will never see cases about them.
    /// RecoveryKey: the same private key under a code that she keeps on paper.
    /// </remarks>
    public sealed record Request([property: Required] string PublicKey, [property: Required] WrappedPrivateKey WrappedKey, IReadOnlyList<Guid>? Ties,
        WrappedPrivateKey? RecoveryKey = null);

    /// <summary>PBKDF2-HMAC-SHA256 of the passphrase gives an AES-256-GCM key, which wraps the raw 32-byte private key. All base64.</summary>
    public sealed record WrappedPrivateKey
    {
        [Required, RegularExpression("PBKDF2-HMAC-SHA256")] public string Kdf { get; init; } = "";
        [Range(600_000, 10_000_000)] public int Iterations { get; init; }
        [Required, StringLength(64)] public string Salt { get; init; } = "";
        [Required, RegularExpression("AES-256-GCM")] public string Cipher { get; init; } = "";
        [Required, StringLength(24)] public string Nonce { get; init; } = "";
        [Required, StringLength(128)] public string Ciphertext { get; init; } = "";
    }

    public sealed record Response(Guid Id, bool Intake);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/readers", Handle).WithName(nameof(RegisterReader)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, KeyedHashes hashes, GrievancesDb db, CancellationToken stop)
    {
        // Nobody with a membership of a brand, supplier, recruiter or audit body reads cases, whatever role a token claims.
        if (caller.Kind != PartyKinds.Operator)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-of-the-operator", "Only people of the independent operator can read cases.");
        if (KeyFrom(request.PublicKey) is not { } publicKey)
            return Problems.Bad("bad-public-key", "publicKey must be an X25519 public key: 32 bytes in base64, and one that can be sealed to.");
        if (await db.Readers.AnyAsync(r => r.Subject == caller.Subject, stop))
            throw new BrokenRuleException("already-registered", "You have a key already. A new one would not open the cases sealed to the old one.");

        var ties = (request.Ties ?? []).Append(caller.Party).Select(hashes.OfParty);
        var reader = Reader.Register(caller.Subject, publicKey, JsonSerializer.Serialize(request.WrappedKey, Sealing.Json),
            request.RecoveryKey is null ? null : JsonSerializer.Serialize(request.RecoveryKey, Sealing.Json), ties);
        db.Add(reader);
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response(reader.Id, reader.Intake));
    }

    private static byte[]? KeyFrom(string base64)
    {
        var key = new byte[Hpke.KeyLength];
        return Convert.TryFromBase64String(base64, key, out var length) && length == Hpke.KeyLength && CanBeSealedTo(key) ? key : null;
    }

    /// <summary>Tried here: with one reader on the team to whose key nothing can be sealed, no case could be filed and none be taken from anybody in conflict.</summary>
    private static bool CanBeSealedTo(byte[] key)
    {
        try
        {
            return Hpke.Seal(key, Sealing.CaseKeyInfo, [], [0]).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
