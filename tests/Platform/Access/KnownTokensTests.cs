using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Platform.Tests.Access;

/// <summary>A token that was found right before is right no longer than without being remembered.</summary>
public sealed class KnownTokensTests : IDisposable
{
    private const string Issuer = "https://issuer.example";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Metadata metadata = new();
    private readonly Clock clock = new();
    private readonly KnownTokens tokens;
    private int checks;

    public KnownTokensTests()
    {
        metadata.Say(Issuer, key);
        tokens = new(clock) { MapInboundClaims = false };
    }

    [Fact]
    public async Task It_is_checked_once_and_again_when_its_life_is_over_or_the_keys_were_read_anew()
    {
        var token = Token(key);

        await Ask(token);
        await Ask(token);
        Assert.Equal(1, checks);

        clock.Now += TimeSpan.FromMinutes(2);
        await Ask(token);
        Assert.Equal(2, checks);

        metadata.Say(Issuer, key);
        await Ask(token);
        Assert.Equal(3, checks);
    }

    [Fact]
    public async Task It_is_right_again_and_what_one_request_adds_to_whom_it_knows_is_not_the_next_ones()
    {
        var token = Token(key);

        var first = await Ask(token);
        first.ClaimsIdentity.AddClaim(new Claim("role", "administrator"));
        var second = await Ask(token);
        second.ClaimsIdentity.AddClaim(new Claim("role", "administrator"));
        var third = await Ask(token);

        Assert.All([first, second, third], result => Assert.True(result.IsValid));
        Assert.All([second, third], result => Assert.Equal("somebody", result.ClaimsIdentity.FindFirst("sub")?.Value));
        Assert.Null(third.ClaimsIdentity.FindFirst("role"));
    }

    [Fact]
    public async Task It_is_wrong_from_the_moment_on_at_which_its_key_is_known_to_be_retired()
    {
        var token = Token(key);
        Assert.True((await Ask(token)).IsValid);

        metadata.Say(Issuer, next);

        Assert.False((await Ask(token)).IsValid);
        Assert.True((await Ask(Token(next))).IsValid);
    }

    [Fact]
    public async Task It_is_wrong_when_its_life_is_over()
    {
        var token = Token(key);
        Assert.True((await Ask(token)).IsValid);

        clock.Now += TimeSpan.FromMinutes(2);

        Assert.False((await Ask(token)).IsValid);
    }

    [Fact]
    public async Task Another_that_differs_in_one_letter_is_no_acquaintance()
    {
        var token = Token(key);
        Assert.True((await Ask(token)).IsValid);

        Assert.False((await Ask(token[..^3] + (token[^3] == 'A' ? 'B' : 'A') + token[^2..])).IsValid);
    }

    public void Dispose()
    {
        key.Dispose();
        next.Dispose();
    }

    private Task<TokenValidationResult> Ask(string token) => tokens.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ConfigurationManager = metadata, ValidIssuer = Issuer, ValidAudience = "recruitment-api", ValidTypes = ["at+jwt"], ClockSkew = TimeSpan.Zero,
        LifetimeValidator = (_, until, _, _) =>
        {
            checks++;
            return clock.Now < until;
        },
    });

    private static string Token(ECDsa signing) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer, Audience = "recruitment-api", TokenType = "at+jwt", Subject = new ClaimsIdentity([new Claim("sub", "somebody")]),
        Expires = DateTime.UtcNow + TimeSpan.FromMinutes(1), SigningCredentials = new(new ECDsaSecurityKey(signing) { KeyId = IdOf(signing) }, SecurityAlgorithms.EcdsaSha256),
    });

    private static string IdOf(ECDsa key) => Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>What the issuer says of itself, read anew whenever it says something else.</summary>
    private sealed class Metadata : BaseConfigurationManager
    {
        private OpenIdConnectConfiguration said = new();

        /// <summary>As <see cref="FollowIssuer"/> has it.</summary>
        public Metadata() => UseLastKnownGoodConfiguration = false;

        public void Say(string issuer, ECDsa key)
        {
            said = new() { Issuer = issuer };
            said.SigningKeys.Add(new ECDsaSecurityKey(key) { KeyId = IdOf(key) });
        }

        public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => Task.FromResult<BaseConfiguration>(said);

        public override void RequestRefresh()
        {
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTime Now { get; set; } = DateTime.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
