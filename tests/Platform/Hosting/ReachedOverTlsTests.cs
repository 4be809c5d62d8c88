using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform.Tests.Hosting;

/// <summary>Where TLS ends before our programs, addresses that are given out are https all the same, and only for whoever came by the issuer's name.</summary>
public sealed class ReachedOverTlsTests
{
    [Theory]
    [InlineData("https://recruit.example", "recruit.example", "https")]
    [InlineData("https://recruit.example", "RECRUIT.example:443", "https")]
    [InlineData("https://recruit.example:8443", "recruit.example:8443", "https")]
    [InlineData("https://recruit.example", "workers.recruit.example", "https")]
    [InlineData("https://recruit.example", "recruit.example:8080", "http")]
    [InlineData("https://recruit.example", "identity:8080", "http")]
    [InlineData("https://recruit.example", "elsewhere.example", "http")]
    public async Task The_issuers_own_address_says_how_people_came(string issuer, string host, string scheme)
    {
        var context = new DefaultHttpContext { Request = { Scheme = "http", Host = new(host) } };
        var seen = "";

        await new ReachedOverTls(new(issuer)).Say(context, asked =>
        {
            seen = asked.Request.Scheme;
            return Task.CompletedTask;
        });

        Assert.Equal(scheme, seen);
    }
}
