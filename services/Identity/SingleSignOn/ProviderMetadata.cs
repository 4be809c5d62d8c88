using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>What the provider says of itself could not be had, or is not what it must be.</summary>
internal sealed class ProviderFailedException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>Talks to organisations' providers: addresses that strangers name, so only public ones are called (<see cref="StrangersAddresses"/>), and answers are short.</summary>
internal sealed class ProviderMetadata : IDisposable
{
    private const int LongestAnswer = 1 << 20;

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> known = new();
    private readonly StrangersAddresses strangers;
    private readonly HttpClient http;

    public ProviderMetadata(StrangersAddresses strangers)
    {
        this.strangers = strangers;
        http = new HttpClient(strangers.Handler()) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Whether an issuer may be named at all.</summary>
    public bool MayBeNamed(string issuer) => issuer.Length <= 500 && !issuer.Contains('?', StringComparison.Ordinal) && strangers.MayBeNamed(issuer);

    /// <summary>Endpoints and keys, remembered for a while. Anew: the keys have changed, as a token shows.</summary>
    /// <exception cref="ProviderFailedException">It did not answer, or says that it is another.</exception>
    public async Task<OpenIdConnectConfiguration> Of(string issuer, bool anew, CancellationToken stop)
    {
        if (anew) known.TryRemove(issuer, out _);
        var manager = known.GetOrAdd(issuer, i => new(
            $"{i.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = false }));
        OpenIdConnectConfiguration found;
        try
        {
            found = await manager.GetConfigurationAsync(stop);
        }
        catch (InvalidOperationException cause)
        {
            known.TryRemove(issuer, out _);
            throw new ProviderFailedException("The provider's metadata could not be read.", cause);
        }
        // RFC 9207 and OpenID Connect Discovery 4.3: one that calls itself by another name could stand in for that other.
        if (found.Issuer != issuer) throw new ProviderFailedException("The provider calls itself by another issuer than the one that was entered.");
        if (found.AuthorizationEndpoint is not { Length: > 0 } || found.TokenEndpoint is not { Length: > 0 } || found.SigningKeys.Count == 0)
            throw new ProviderFailedException("The provider's metadata names no authorization endpoint, token endpoint or keys.");
        if (!strangers.MayBeNamed(found.TokenEndpoint) || !strangers.MayBeNamed(found.AuthorizationEndpoint)) throw new ProviderFailedException("The provider's metadata names an address that must not be called.");
        return found;
    }

    /// <summary>The tokens for a code (RFC 6749 section 4.1.3), authenticated as the provider's metadata asks.</summary>
    public async Task<OpenIdConnectMessage> Redeem(OpenIdConnectConfiguration provider, string clientId, string clientSecret, IReadOnlyDictionary<string, string> form, CancellationToken stop)
    {
        var methods = provider.TokenEndpointAuthMethodsSupported;
        var inBody = methods.Count > 0 && !methods.Contains("client_secret_basic");
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(inBody ? form.Concat([new("client_id", clientId), new("client_secret", clientSecret)]) : form),
        };
        if (!inBody)
        {
            var both = $"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(clientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(both)));
        }
        try
        {
            using var response = await http.SendAsync(request, stop);
            if (!response.IsSuccessStatusCode) throw new ProviderFailedException($"The provider's token endpoint answered {(int)response.StatusCode}.");
            return new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception cause) when (cause is HttpRequestException or System.Text.Json.JsonException or ArgumentException || (cause is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new ProviderFailedException("The provider's token endpoint did not answer as it must.", cause);
        }
    }

    public void Dispose() => http.Dispose();
}
