using System.Net;
using Microsoft.Extensions.Options;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Hooks;

/// <summary>Whoever names an address for a webhook gets us to call the Internet and nothing else.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456:789a::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    public void What_belongs_to_an_inside_is_not_public(string address) => Assert.False(PublicAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("9.9.9.9")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2620:fe::fe")]
    [InlineData("::ffff:9.9.9.9")]
    public void What_is_anybodys_is(string address) => Assert.True(PublicAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://hooks.example.org/")]
    [InlineData("ftp://hooks.example.org/")]
    [InlineData("https://user:secret@hooks.example.org/")]
    [InlineData("https://hooks.example.org/#part")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("http://localhost/")]
    [InlineData("hooks.example.org")]
    [InlineData("")]
    public void In_operation_nothing_but_https_to_a_public_place_can_be_named(string url) => Assert.False(Client(PlatformOptions.Operation).MayBeNamed(url));

    [Fact]
    public void A_name_can_be_named_and_in_a_demonstration_this_machine_too()
    {
        Assert.True(Client(PlatformOptions.Operation).MayBeNamed("https://hooks.example.org/a?b=c"));
        Assert.True(Client(PlatformOptions.Demonstration).MayBeNamed("http://localhost:8080/"));
        Assert.False(Client(PlatformOptions.Demonstration).MayBeNamed("http://hooks.example.org/"));
        Assert.False(Client(PlatformOptions.Demonstration).MayBeNamed("https://192.168.0.1/"));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_called_whatever_it_led_to_before_and_whatever_else_it_leads_to()
    {
        await using var receiver = await WebhookReceiver.Start();
        var answers = new Queue<string[]>([["127.0.0.1"], ["9.9.9.9", "127.0.0.1"], ["::ffff:127.0.0.1"], []]);
        using var client = Client(PlatformOptions.Operation, new((_, _) => Task.FromResult(answers.Dequeue().Select(IPAddress.Parse).ToArray())));

        while (answers.Count > 0)
        {
            var answer = await client.Post(new($"http://rebinding.example.org:{receiver.Port}/"), [], [], CancellationToken.None);
            Assert.Equal((null, "The name does not lead to a public address."), (answer.StatusCode, answer.Problem));
        }

        Assert.Empty(receiver.Heard);
    }

    /// <remarks>What the environment names (https_proxy and the like) becomes the process's default proxy when it is first asked for; here it is set, for one name alone.</remarks>
    [Fact]
    public async Task A_proxy_that_the_environment_names_is_not_used_for_it_would_resolve_the_name_for_us()
    {
        await using var receiver = await WebhookReceiver.Start();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyOfOneName("inside.example.org", new(receiver.Address));
        try
        {
            using var client = Client(PlatformOptions.Demonstration, new((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")])));
            var answer = await client.Post(new("http://inside.example.org/"), [], [], CancellationToken.None);

            Assert.Equal("The name does not lead to a public address.", answer.Problem);
            Assert.Empty(receiver.Heard);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private sealed class ProxyOfOneName(string name, Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => destination.Host == name ? proxy : null;

        public bool IsBypassed(Uri host) => host.Host != name;
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed_and_an_answer_without_end_is_not_read()
    {
        await using var receiver = await WebhookReceiver.Start();
        using var client = Client(PlatformOptions.Demonstration);

        Assert.Equal(307, (await client.Post(new($"{receiver.Address}/redirect"), [], [], CancellationToken.None)).StatusCode);
        Assert.Equal(200, (await client.Post(new($"{receiver.Address}/flood"), [], [], CancellationToken.None)).StatusCode);

        Assert.Equal(["/redirect", "/flood"], receiver.Heard.Select(h => h.Path));
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for()
    {
        await using var receiver = await WebhookReceiver.Start();
        using var client = Client(PlatformOptions.Demonstration);

        var answer = await client.Post(new($"{receiver.Address}/hangs"), [], [], CancellationToken.None);

        Assert.Equal((null, "There was no answer within 10 seconds."), (answer.StatusCode, answer.Problem));
    }

    private static WebhookClient Client(string mode, NameLookup? names = null) =>
        new(new StrangersAddresses(Options.Create(new PlatformOptions { Mode = mode }), names ?? NameLookup.OfTheSystem));
}
