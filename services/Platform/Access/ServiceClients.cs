using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>HTTP to another service, at <c>Services:name</c> or, embedded, at this process itself.</summary>
public static class ServiceClients
{
    /// <summary>A typed client. As the caller: his own bearer token goes along. Otherwise: this process's service token.</summary>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IHostApplicationBuilder builder, string service, bool asCaller = false)
        where TClient : class
    {
        var client = builder.Services.AddHttpClient<TClient>(typeof(TClient).FullName!, (provider, http) =>
        {
            http.BaseAddress = AddressOf(provider.GetRequiredService<IConfiguration>(), service);
            http.Timeout = TimeSpan.FromSeconds(30);
        });
        // An address in a log tells who looked at what, and when.
        client.RemoveAllLoggers();
        return asCaller ? client.AddHttpMessageHandler<AsCaller>() : client.AddHttpMessageHandler<AsService>();
    }

    /// <summary>Where a service answers, with a trailing slash.</summary>
    public static Uri AddressOf(IConfiguration configuration, string service)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new((configuration[$"Services:{service}"] ?? ServiceDefaults.FirstAddress(configuration)).TrimEnd('/') + "/");
    }

    internal static void AddServiceClients(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddTransient<AsCaller>();
        builder.Services.TryAddTransient<AsService>();
        builder.Services.TryAddSingleton<ServiceToken>();
        // A log line whenever a token is fetched would say when a worker looked for her workplace.
        builder.Services.AddHttpClient(ServiceToken.ClientName).RemoveAllLoggers();
    }

    private sealed class AsCaller(IHttpContextAccessor http) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var mine = http.HttpContext?.Request.Headers.Authorization.ToString();
            if (!string.IsNullOrEmpty(mine)) request.Headers.Authorization = AuthenticationHeaderValue.Parse(mine);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class AsService(ServiceToken token) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", await token.Get(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>This process's own access token (client credentials), kept until shortly before it expires.</summary>
/// <remarks><c>Identity:ClientId</c> (default <c>service</c>) and the secret <c>service-client</c>; the token endpoint comes from the issuer's discovery document.</remarks>
internal sealed class ServiceToken(IHttpClientFactory clients, IConfiguration configuration, IOptions<PlatformOptions> platform, Secrets secrets, TimeProvider time) : IDisposable
{
    public const string ClientName = "identity-token";
    private readonly SemaphoreSlim gate = new(1, 1);
    private (string Value, DateTimeOffset Until) current;

    public async Task<string> Get(CancellationToken stop)
    {
        if (current.Until > time.GetUtcNow()) return current.Value;

        await gate.WaitAsync(stop);
        try
        {
            if (current.Until > time.GetUtcNow()) return current.Value;
            var answer = await Ask(stop);
            current = (answer.AccessToken, time.GetUtcNow().AddSeconds(answer.ExpiresIn * 0.8));
            return current.Value;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<TokenAnswer> Ask(CancellationToken stop)
    {
        using var http = clients.CreateClient(ClientName);
        var metadata = platform.Value.MetadataAddress is { Length: > 0 } given ? given : $"{platform.Value.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
        var discovery = await http.GetFromJsonAsync<Discovery>(metadata, stop) ?? throw new InvalidOperationException("The issuer's discovery document is empty.");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = configuration["Identity:ClientId"] ?? "service",
            ["client_secret"] = secrets.Get("service-client"),
            ["scope"] = "api",
        });
        using var response = await http.PostAsync(discovery.TokenEndpoint, form, stop);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TokenAnswer>(stop) ?? throw new InvalidOperationException("The token endpoint's answer is empty.");
    }

    public void Dispose() => gate.Dispose();

    private sealed record Discovery([property: JsonPropertyName("token_endpoint")] Uri TokenEndpoint);

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
