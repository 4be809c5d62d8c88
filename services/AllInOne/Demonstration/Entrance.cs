using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Web;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>The two ways in that the product documents: a machine shows its secret, a person signs in on the page and comes back with a code.</summary>
/// <param name="address">Of the product, with a slash at its end.</param>
/// <param name="secret">A secret of the product by its name.</param>
internal sealed partial class Entrance(Uri address, Func<string, string> secret)
{
    /// <summary>Well within the time for which a sign-in opens sensitive acts.</summary>
    private static readonly TimeSpan SignInIsFresh = TimeSpan.FromMinutes(10);

    private readonly string callback = new Uri(address, "sign-in/callback").ToString();

    /// <summary>A client with a machine's token, asked for again before it expires.</summary>
    public Task<HttpClient> Machine(string clientId, CancellationToken stop) => Machine(clientId, "demo-client", stop);

    /// <summary>What services ask each other with.</summary>
    public Task<HttpClient> Service(CancellationToken stop) => Machine("service", "service-client", stop);

    private async Task<HttpClient> Machine(string clientId, string secretName, CancellationToken stop)
    {
        var asked = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret(secretName), ["scope"] = "api",
        };
        return With(await Ask(asked, stop), (_, later) => Ask(asked, later));
    }

    /// <summary>A client with a person's token, refreshed as the web does. Whoever does what only a fresh sign-in opens, or lost her session to an upgrade, signs in again as people do.</summary>
    public async Task<HttpClient> Person(string email, string password, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        return With(await SignIn(email, password, stop), async (last, later) =>
        {
            if (since.Elapsed < SignInIsFresh && await Refreshed(last, later) is { } refreshed) return refreshed;
            since.Restart();
            return await SignIn(email, password, later);
        });
    }

    /// <summary>Null when the issuer does not know the session any more.</summary>
    private async Task<Token?> Refreshed(Token last, CancellationToken stop)
    {
        try
        {
            return await Ask(AsWeb(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = last.Refresh! }), stop);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    /// <summary>Authorization code with PKCE, through the sign-in page, as a browser would bring it.</summary>
    private async Task<Token> SignIn(string email, string password, CancellationToken stop)
    {
        var verifier = Text(RandomNumberGenerator.GetBytes(32));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var authorize = "connect/authorize?" + string.Join('&', new Dictionary<string, string>
        {
            ["client_id"] = "web", ["redirect_uri"] = callback, ["response_type"] = "code", ["scope"] = "openid api offline_access", ["state"] = Text(RandomNumberGenerator.GetBytes(16)),
            ["code_challenge"] = Text(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), ["code_challenge_method"] = "S256",
        }.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));

        var signIn = await Redirected(browser, new Uri(address, authorize), stop);
        var page = await browser.GetStringAsync(signIn, stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = email, ["password"] = password, ["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups[1].Value,
        });
        using var signedIn = await browser.PostAsync(signIn, form, stop);
        if (signedIn.Headers.Location is null) throw new HttpRequestException($"{email} could not sign in ({(int)signedIn.StatusCode})", null, signedIn.StatusCode);

        // The code is taken here instead of at the web's door: what follows speaks to the API alone.
        var back = await Redirected(browser, new Uri(address, authorize), stop);
        return await Ask(AsWeb(new()
        {
            ["grant_type"] = "authorization_code", ["code"] = HttpUtility.ParseQueryString(back.Query)["code"] ?? throw new HttpRequestException($"{email} got no code"),
            ["redirect_uri"] = callback, ["code_verifier"] = verifier,
        }), stop);
    }

    /// <summary>A client of nobody: no token, no cookie.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    private Dictionary<string, string> AsWeb(Dictionary<string, string> asked) => new(asked) { ["client_id"] = "web", ["client_secret"] = secret("web-client") };

    private HttpClient With(Token first, Func<Token, CancellationToken, Task<Token>> next) =>
        new(new Renewing(first, next) { InnerHandler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false } }) { BaseAddress = address };

    private async Task<Token> Ask(Dictionary<string, string> asked, CancellationToken stop)
    {
        using var http = Stranger();
        using var form = new FormUrlEncodedContent(asked);
        var watch = Stopwatch.StartNew();
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form, stop);
        var token = await answer.Read(stop);
        return new(token.GetProperty("access_token").GetString()!, token.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null,
            TimeSpan.FromSeconds(token.GetProperty("expires_in").GetInt32() / 2), watch);
    }

    private async Task<Uri> Redirected(HttpClient browser, Uri from, CancellationToken stop)
    {
        using var answer = await browser.GetAsync(from, stop);
        return answer.Headers.Location is { } to ? new Uri(address, to) : throw new HttpRequestException($"{from.AbsolutePath} answered {(int)answer.StatusCode} and led nowhere", null, answer.StatusCode);
    }

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>Good for half its life, so that none expires on its way.</summary>
    private sealed record Token(string Access, string? Refresh, TimeSpan GoodFor, Stopwatch Since)
    {
        public bool IsOld => Since.Elapsed > GoodFor;
    }

    /// <summary>Puts the token on each request, and gets the next one in time. One request at a time, as in the scenario.</summary>
    private sealed class Renewing(Token token, Func<Token, CancellationToken, Task<Token>> next) : DelegatingHandler
    {
        private Token token = token;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (token.IsOld) token = await next(token, cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Access);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex AntiforgeryToken();
}
