using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recruitment.Testing;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Tests.TextReviews;

/// <summary>The whole web in operation mode, before an office that reads; browsers of people who signed in so many minutes ago.</summary>
public sealed partial class ReviewScreen : IAsyncLifetime
{
    public static readonly Guid Reviewer = Guid.Parse("0198f0c0-0000-7000-8000-0000000000c1");
    private readonly Dictionary<string, string> settings = new() { ["Mode"] = "operation" };
    private ServiceHost<Program> host = null!;

    public ReviewScreen()
    {
    }

    /// <summary>Its database came back by this restore.</summary>
    internal ReviewScreen(string restored) => settings["Restored"] = restored;

    public string Issuer => host.Issuer.Address;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("web", settings, services =>
    {
        services.AddHttpClient(typeof(GrievancesClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => new Says(this, """{"open":true,"reason":null,"demonstration":false,"begun":"b","countedTogether":10,"receipt":"1","returnOn":"2026-12-24"}"""));
        services.AddHttpClient(typeof(IdentityClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => new Says(this, $$"""{"items":[{"id":"{{Reviewer}}","email":"khin@open-hand.example","roles":[]}],"next":null}"""));
    });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Null: the issuer does not say when.</summary>
    public async Task<Browser> SignedIn(int? minutesAgo, string role = "administrator")
    {
        var cookie = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("web");
        var claims = new List<Claim> { new("sub", Reviewer.ToString()), new("role", role) };
        if (minutesAgo is { } minutes) claims.Add(new("auth_time", DateTimeOffset.UtcNow.AddMinutes(-minutes).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        var properties = new AuthenticationProperties();
        properties.StoreTokens([new() { Name = "access_token", Value = "t" }, new() { Name = "expires_at", Value = "2099-01-01T00:00:00Z" }]);
        var key = await cookie.SessionStore!.StoreAsync(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "web")), properties, "web"));
        var named = new ClaimsPrincipal(new ClaimsIdentity([new Claim("Microsoft.AspNetCore.Authentication.Cookies-SessionId", key)], "web"));
        return new(host.Anonymous(), $"recruitment={cookie.TicketDataFormat.Protect(new AuthenticationTicket(named, "web"))}");
    }

    public async Task<HttpResponseMessage> Get(string path) => await host.Anonymous().GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A page as a worker's phone gets it, once the web knows of the last review.</summary>
    public async Task<string> OfWorker(string path)
    {
        using var phone = host.Anonymous();
        phone.BaseAddress = new("http://workers.localhost/");
        return WebUtility.HtmlDecode(await phone.GetStringAsync(new Uri(path, UriKind.Relative)));
    }

    /// <summary>A worker's form, sent on without a cookie.</summary>
    public async Task<string> WorkerSends(string path, params (string Name, string Value)[] fields)
    {
        using var phone = host.Anonymous();
        phone.BaseAddress = new("http://workers.localhost/");
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await phone.PostAsync(new Uri(path, UriKind.Relative), form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Identity says of everybody's token that it is none any more.</summary>
    public bool RolesHaveEnded { get; set; }

    /// <summary>Reports that reached the office.</summary>
    public int Filed { get; private set; }

    private sealed class Says(ReviewScreen screen, string json) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/api/v1/grievances") screen.Filed++;
            var status = screen.RolesHaveEnded && request.RequestUri!.AbsolutePath.StartsWith("/api/v1/identity", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
        }
    }

    public sealed partial class Browser(HttpClient http, string session)
    {
        public async Task<HttpResponseMessage> Get(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Add("Cookie", session);
            return await http.SendAsync(request);
        }

        public async Task<string> Page(string language) => WebUtility.HtmlDecode(await (await Get($"/operators/texts/{language}")).Content.ReadAsStringAsync());

        /// <summary>Ticks the wordings whose keys are chosen, as the page offers them, and presses a button.</summary>
        public async Task<HttpResponseMessage> Tick(string language, Func<string, bool> keys, string button = "", bool ours = true, string? note = null)
        {
            using var opened = await Get($"/operators/texts/{language}");
            var page = WebUtility.HtmlDecode(await opened.Content.ReadAsStringAsync());
            var marks = Mark().Matches(page).Select(m => m.Groups[1].Value).Where(m => keys(m.Split(' ')[0]));
            return await Send(language, marks, opened, ours ? Token().Match(page).Groups[1].Value : "made up", button, note);
        }

        /// <summary>Says that she has looked through the language after the restore that the page names.</summary>
        public async Task<HttpResponseMessage> LookThrough(string language)
        {
            using var opened = await Get($"/operators/texts/{language}");
            var page = await opened.Content.ReadAsStringAsync();
            return await Send(language, [new("restore", Restore().Match(page).Groups[1].Value), new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)], opened, "LookedThrough");
        }

        public async Task<HttpResponseMessage> TickMark(string language, string mark)
        {
            using var opened = await Get($"/operators/texts/{language}");
            return await Send(language, [mark], opened, Token().Match(await opened.Content.ReadAsStringAsync()).Groups[1].Value, "", null);
        }

        private Task<HttpResponseMessage> Send(string language, IEnumerable<string> marks, HttpResponseMessage opened, string token, string button, string? note) =>
            Send(language, marks.Select(m => KeyValuePair.Create("wording", m)).Append(new("note", note ?? "")).Append(new("__RequestVerificationToken", token)), opened, button);

        private async Task<HttpResponseMessage> Send(string language, IEnumerable<KeyValuePair<string, string>> fields, HttpResponseMessage opened, string button)
        {
            var address = $"/operators/texts/{language}{(button.Length == 0 ? "" : $"?handler={button}")}";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
            var cookies = opened.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];
            request.Headers.Add("Cookie", string.Join("; ", cookies.Prepend(session)));
            return await http.SendAsync(request);
        }

        [GeneratedRegex("name=\"restore\" value=\"([^\"]+)\"")]
        private static partial Regex Restore();

        [GeneratedRegex("name=\"wording\" value=\"([^\"]+)\"")]
        private static partial Regex Mark();

        [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
        private static partial Regex Token();
    }
}
