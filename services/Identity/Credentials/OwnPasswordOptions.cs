namespace Recruitment.Identity.Credentials;

/// <summary>What passwords must be and how they are kept, under Identity:Passwords.</summary>
internal sealed class OwnPasswordOptions
{
    /// <summary>Default 12; 8 to 64 characters.</summary>
    public int Shortest { get; set; } = 12;

    /// <summary>Default 256; 128 to 1024.</summary>
    public int Longest { get; set; } = 256;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA512 for each hash; one that was made with fewer is made anew when its owner signs in. Default 210000, as OWASP advises; 100000 to 10000000.</summary>
    public int Iterations { get; set; } = 210_000;

    /// <summary>A file of SHA-1 hashes of breached passwords in hexadecimal, one a line and in their order, each perhaps with a colon and a number after it, as "Pwned Passwords ordered by hash" is.
    /// Default: none; a short list is in the product.</summary>
    public string Breached { get; set; } = "";

    internal bool IsRight => Shortest is >= 8 and <= 64 && Longest is >= 128 and <= 1024 && Iterations is >= 100_000 and <= 10_000_000;
}
