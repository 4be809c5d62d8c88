using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>As an operator runs it: something in front ends TLS, the programs behind it hear http.</summary>
public sealed class BehindTlsTests
{
    [Fact]
    public async Task Somebody_signs_in_and_out_and_a_worker_comes_back_where_something_in_front_ends_tls()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-tls-").FullName;
        try
        {
            await Walk(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Walk(string folder)
    {
        var (inside, outside) = (Running.FreePort(), Running.FreePort());
        var (program, people) = (new Uri($"http://localhost:{inside}/"), $"https://localhost:{outside}/");
        await using var chromium = await Chromium.Start();
        await using var front = new TlsEnd(outside, inside);
        await using var started = new StartedProgram("AllInOne", program, new Dictionary<string, string>
        {
            ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = people, ["MetadataAddress"] = $"{program}.well-known/openid-configuration",
        });
        await started.Answers("health/ready");

        var anna = await chromium.BehindTls();
        await anna.GotoAsync($"{people}brands/suppliers");
        await anna.FillAsync("#email", "anna@marisol-pine.example");
        await anna.FillAsync("#password", Visits.Demonstration);
        await anna.Press("Sign in");
        await anna.Reaches($"^{people}brands/suppliers$");
        await anna.Reads("Suppliers");
        var cookies = await anna.Context.CookiesAsync();
        Assert.Contains(cookies, cookie => cookie.Name == "__Host-recruitment");
        Assert.All(cookies, cookie => Assert.True(cookie.Secure, cookie.Name));

        await anna.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await anna.Reaches($"^{people}$");
        Assert.DoesNotContain(await anna.Context.CookiesAsync(), cookie => cookie.Name == "__Host-recruitment");

        var worker = await chromium.BehindTls();
        await worker.GotoAsync($"https://workers.localhost:{outside}/w/en/open");
        await worker.FillAsync("#code", "00000000000000000000000000");
        await worker.Press("Open");
        await worker.Reads("We find nothing with this code");
        Assert.Empty(await worker.Context.CookiesAsync());
    }
}
