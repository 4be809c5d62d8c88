using System.Net;
using System.Net.Sockets;

namespace Recruitment.Platform;

/// <summary>Which addresses of the Internet a stranger may have us call: those that belong to nobody's inside.</summary>
internal static class PublicAddresses
{
    /// <summary>As the IANA registries of special-purpose addresses had them in 2026-11, from memory; recheck 2027-11.</summary>
    private static readonly IPNetwork[] NotOfVersion4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>Of version 6 only what is given out to networks is public; of that not what carries an address of version 4 in it, which would hide one of ours, and not what is for documents.</summary>
    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotOfVersion6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public static bool Has(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !NotOfVersion4.Any(n => n.Contains(address))
            : GivenOut.Contains(address) && !NotOfVersion6.Any(n => n.Contains(address));
    }

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(n => IPNetwork.Parse(n))];
}
