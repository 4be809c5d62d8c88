using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Recruitment.Web.Hosting;

/// <summary>Renews tokens, once per refresh token: two pages opened together must not look like a thief using it a second time.</summary>
internal sealed class Renewals(IOptionsMonitor<OpenIdConnectOptions> oidc, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Lazy<Task<Renewed?>> Answer)> recent = new();

    public sealed record Renewed(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);

    /// <summary>New tokens; null when the membership ended or the family was revoked, and the reader has to sign in again.</summary>
    /// <exception cref="HttpRequestException">The issuer is away; the session stays as it is.</exception>
    public Task<Renewed?> For(string refreshToken)
    {
        var now = time.GetUtcNow();
        foreach (var (old, kept) in recent)
        {
            if (kept.At + Kept < now) recent.TryRemove(old, out _);
        }
        // Not cancelled with one request: another may wait for the same answer.
        var answer = recent.GetOrAdd(refreshToken, token => (now, new(() => Ask(token)))).Answer.Value;
        if (answer.IsFaulted) recent.TryRemove(refreshToken, out _); // an issuer that was away is asked again by the next page
        return answer;
    }

    private async Task<Renewed?> Ask(string refreshToken)
    {
        var options = oidc.Get(SignIn.Issuer);
        var configuration = await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret!,
        });
        using var response = await options.Backchannel.PostAsync(new Uri(configuration.TokenEndpoint), form);
        // Only what the issuer says of the token ends a session; that it cannot answer now does not.
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return null;
        response.EnsureSuccessStatusCode();

        var answer = await response.Content.ReadFromJsonAsync<Answer>();
        return new(answer!.AccessToken, answer.RefreshToken ?? refreshToken, time.GetUtcNow().AddSeconds(answer.ExpiresIn));
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
