using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Grievances.Intake;

/// <summary>The worker's code: 25 random digits and a check digit. It is never stored; what is derived from it is.</summary>
internal static class Receipt
{
    public const int Digits = 26;

    // Damm's quasigroup: finds every wrong digit and every swap of neighbours.
    private static readonly string[] Damm =
    [
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    ];

    public static string New()
    {
        var digits = new char[Digits - 1];
        for (var i = 0; i < digits.Length; i++) digits[i] = (char)('0' + RandomNumberGenerator.GetInt32(10));
        return Group(new string(digits) + Check(digits));
    }

    /// <summary>26 digits out of whatever was typed, digits of any script; null when one is wrong or missing.</summary>
    public static string? Read(string? typed)
    {
        var digits = new StringBuilder(Digits);
        foreach (var c in (typed ?? "").Take(200))
        {
            var value = CharUnicodeInfo.GetDecimalDigitValue(c);
            if (value >= 0) digits.Append((char)('0' + value));
        }
        return digits.Length == Digits && Check(digits.ToString()) == '0' ? digits.ToString() : null;
    }

    private static string Group(string digits) =>
        $"{digits[..5]}-{digits[5..10]}-{digits[10..15]}-{digits[15..20]}-{digits[20..]}";

    private static char Check(ReadOnlySpan<char> digits)
    {
        var interim = '0';
        foreach (var digit in digits) interim = Damm[interim - '0'][digit - '0'];
        return interim;
    }
}

/// <summary>What a receipt gives: where its case is found, and the key that opens the worker's copies.</summary>
internal sealed record ReceiptKey(string LookupId, byte[] PrivateKey, byte[] WithForm)
{
    public byte[] PublicKey => Hpke.PublicKeyOf(PrivateKey);

    /// <summary>Where only the form that told it under this receipt finds its case again: nobody derives it from the receipt alone.</summary>
    public string LookupIdOf(Guid form) => Convert.ToHexStringLower(HMACSHA256.HashData(WithForm, form.ToByteArray()));
}

/// <summary>Derives them with a pepper from outside the database. At 83 bits of entropy no slow hash is needed, so nobody can slow intake by guessing.</summary>
internal sealed class ReceiptKeys(Secrets secrets)
{
    public ReceiptKey Of(string digits)
    {
        var root = HKDF.Extract(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(digits), secrets.GetKey("receipt-pepper"));
        var lookup = HKDF.Expand(HashAlgorithmName.SHA256, root, 32, "recruitment receipt lookup v1"u8.ToArray());
        return new(Convert.ToHexStringLower(lookup), HKDF.Expand(HashAlgorithmName.SHA256, root, 32, "recruitment receipt key v1"u8.ToArray()),
            HKDF.Expand(HashAlgorithmName.SHA256, root, 32, "recruitment receipt with form v1"u8.ToArray()));
    }
}
