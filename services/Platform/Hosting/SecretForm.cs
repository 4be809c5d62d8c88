using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Recruitment.Platform;

/// <summary>What a secret must look like: a key in PEM where one signs, else a text that nobody guesses.</summary>
internal static class SecretForm
{
    /// <summary>Of the letters that 32 random bytes are at least written with.</summary>
    private const int Shortest = 32;

    /// <summary>What is wrong with it, as the end of a sentence that begins with where it stands and repeats nothing of it; null when nothing is.</summary>
    public static string? Wrong(string name, string secret) => name switch
    {
        "token-signing-key" => IsKeyOfP256(secret) ? null : "is no private key of the curve P-256 in PEM.",
        "reports-signing" => IsKeyWithCertificate(secret) ? null : "is not what signs a report: an elliptic-curve private key in PEM and, after it, its own certificate.",
        _ => secret.Trim().Length >= Shortest ? null : $"is shorter than {Shortest} characters: give the text of 32 random bytes.",
    };

    private static bool IsKeyOfP256(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            _ = key.ExportParameters(includePrivateParameters: true);
            return key.KeySize == 256;
        }
        catch (Exception none) when (none is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsKeyWithCertificate(string pem)
    {
        try
        {
            // Refuses a key that is not the certificate's.
            using var both = X509Certificate2.CreateFromPem(pem, pem);
            using var key = both.GetECDsaPrivateKey();
            return key is not null;
        }
        catch (Exception none) when (none is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
