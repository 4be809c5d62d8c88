namespace Recruitment.Identity.Tests.Sessions;

/// <summary>Identity as people reach it over TLS, which ends before it.</summary>
public sealed class IdentityOverTls : IdentityApp
{
    protected override string Issuer => $"https://{Address.Authority}";
}

public sealed class CookieTests(IdentityOverTls app) : IClassFixture<IdentityOverTls>
{
    [Fact]
    public async Task Over_TLS_every_cookie_is_of_this_host_alone_and_never_sent_in_clear_nor_read_by_a_script()
    {
        using var browser = app.Browser();
        var form = await browser.GetAsync("identity/sign-in");
        // A browser that keeps cookies as they come: this one has no TLS to send them over.
        var kept = string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        browser.DefaultRequestHeaders.Add("Cookie", kept);
        var signedIn = await IdentityApp.Send(browser, "identity/sign-in", await form.Content.ReadAsStringAsync(), ("email", "anna@marisol-pine.example"), ("password", IdentityApp.Password));

        string[] cookies = [.. form.Headers.GetValues("Set-Cookie"), .. signedIn.Headers.GetValues("Set-Cookie")];
        Assert.True(cookies.Length >= 3, string.Join('\n', cookies));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }
}
