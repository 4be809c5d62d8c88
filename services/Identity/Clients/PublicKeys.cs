using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Identity.Clients;

/// <summary>The keys that a program signs with, as its organisation sends them.</summary>
internal static class PublicKeys
{
    /// <summary>Null when it is no set of one to five public keys that sign ES256 or PS256.</summary>
    public static JsonWebKeySet? Read(string text)
    {
        if (text.Length > 20_000) return null;
        try
        {
            var set = JsonWebKeySet.Create(text);
            return set.Keys.Count is >= 1 and <= 5 && set.Keys.All(IsGood) ? Only(set) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool IsGood(JsonWebKey key) => !key.HasPrivateKey && key.K is null && key.KeyId is { Length: > 0 and <= 100 } && (key.Use is null or "" or JsonWebKeyUseNames.Sig) && key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == JsonWebKeyECTypes.P256 && key.X is { Length: 43 } && key.Y is { Length: 43 },
        JsonWebAlgorithmsKeyTypes.RSA => key.N is { Length: >= 342 and <= 1366 } && key.E is { Length: > 0 },
        _ => false,
    };

    /// <summary>What is needed, and nothing else that came along.</summary>
    private static JsonWebKeySet Only(JsonWebKeySet set)
    {
        var only = new JsonWebKeySet();
        foreach (var key in set.Keys) only.Keys.Add(new JsonWebKey { Kty = key.Kty, KeyId = key.KeyId, Use = JsonWebKeyUseNames.Sig, Crv = key.Crv, X = key.X, Y = key.Y, N = key.N, E = key.E });
        return only;
    }
}
