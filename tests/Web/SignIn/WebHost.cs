using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recruitment.Testing;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>The whole web, with a standard issuer that is not ours.</summary>
public sealed class WebHost : IAsyncLifetime
{
    private ServiceHost<Program> host = null!;

    public string Issuer => host.Issuer.Address;

    public IServiceProvider Services => host.Services;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("web");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>The cookie of somebody who signed in with that role.</summary>
    public async Task<string> SignedIn(string role)
    {
        var cookie = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("web");
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "somebody"), new Claim("role", role)], "web"));
        var key = await cookie.SessionStore!.StoreAsync(new AuthenticationTicket(person, "web"));
        var named = new ClaimsPrincipal(new ClaimsIdentity([new Claim("Microsoft.AspNetCore.Authentication.Cookies-SessionId", key)], "web"));
        return $"recruitment={cookie.TicketDataFormat.Protect(new AuthenticationTicket(named, "web"))}";
    }

    /// <summary>Nothing listens at its address any more.</summary>
    public ValueTask IssuerGoesAway() => host.Issuer.DisposeAsync();

    /// <summary>What a stranger's browser gets from one of the two hosts.</summary>
    public async Task<HttpResponseMessage> Get(string path, string at = "localhost", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{at}{path}"));
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await host.Anonymous().SendAsync(request);
    }

    /// <summary>A form as a browser sends it from a page of the given site.</summary>
    public Task<HttpResponseMessage> Post(string path, string from, params (string Name, string Value)[] fields) =>
        Post(path, from, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public async Task<HttpResponseMessage> Post(string path, string from, HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{path}")) { Content = form };
        request.Headers.Add("Origin", from);
        return await host.Anonymous().SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string path) => host.Anonymous().PostAsync(path, new FormUrlEncodedContent([]));
}
