namespace Recruitment.Identity.SignInClients;

/// <summary>Where the answer to a sign-in may be sent: one spelling, over TLS, or to the reader's own machine (RFC 8252, 7.3), and never to us.</summary>
internal static class RedirectAddress
{
    public const string Rule = "Addresses are https://HOST/PATH, or http://127.0.0.1/PATH and http://[::1]/PATH for a program on the reader's own machine, each spelled as browsers send it: without user, query, fragment or default port. None leads to this site.";

    private const int Longest = 500;

    public static bool IsGood(string text, string issuer)
    {
        // Of what has two spellings a browser may read the other one. A name before the host hides it; a query could answer in our place.
        if (text.Length > Longest || !text.All(c => c is > ' ' and < '\x7f') || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.AbsoluteUri != text) return false;
        if (text.AsSpan().IndexOfAny('#', '?', '@') >= 0 || Uri.CheckHostName(address.Host) == UriHostNameType.Unknown) return false;
        return IsOfOwnMachine(address) || (address.Scheme == Uri.UriSchemeHttps && !address.Host.Equals(new Uri(issuer).Host, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>By number: a name could be looked up elsewhere.</summary>
    public static bool IsOfOwnMachine(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.Host is "127.0.0.1" or "[::1]";
}
