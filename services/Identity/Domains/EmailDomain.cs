using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Recruitment.Identity.Domains;

/// <summary>A domain of e-mail addresses that an organisation says is its own, and whether it has proved it: by an entry in the domain's DNS that only its owner can make.</summary>
internal sealed class EmailDomain
{
    /// <summary>Where the entry stands, before the domain's own name.</summary>
    public const string Label = "_fair-recruitment-check";

    private const string Prefix = "fair-recruitment-check=";

    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }

    /// <summary>In small letters, as DNS writes it.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Random: nobody has it by accident. The same however often it is asked for.</summary>
    public string Challenge { get; private init; } = "";

    /// <summary>The domain once it is proved, null before: of all who say so, one organisation at a time has it.</summary>
    public string? ProvedDomain { get; private set; }

    public DateTime SaidAt { get; private init; }
    public DateTime? ProvedAt { get; private set; }
    public int Version { get; private set; } = 1;

    public bool IsProved => ProvedDomain is not null;

    public string EntryName => $"{Label}.{Domain}";

    public string EntryValue => Prefix + Challenge;

    public static EmailDomain New(Guid party, string domain, DateTime now) =>
        new() { Id = Guid.CreateVersion7(), PartyId = party, Domain = domain, Challenge = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)), SaidAt = now };

    public void Prove(DateTime now) => (ProvedDomain, ProvedAt, Version) = (Domain, now, Version + 1);

    /// <summary>The domain has gone to somebody else.</summary>
    public void Lose() => (ProvedDomain, ProvedAt, Version) = (null, null, Version + 1);

    /// <summary>The domain of an address, as DNS writes it; null when it has none that could be anybody's.</summary>
    public static string? Of(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 ? Normal(address[(at + 1)..]) : null;
    }

    /// <summary>A domain's name in small letters, other scripts as DNS writes them; null when it is none with at least two parts.</summary>
    public static string? Normal(string name)
    {
        try
        {
            var ascii = Names.GetAscii(name.Trim().TrimEnd('.')).ToLowerInvariant();
            return ascii.Length <= 253 && ascii.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(ascii) == UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };
}
