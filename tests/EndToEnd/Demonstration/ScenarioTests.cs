using System.Net;
using System.Text.Json;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.EndToEnd.Tests.Demonstration;

/// <summary>What ./run has loaded before its first visitor signs in.</summary>
public sealed class ScenarioTests(Loaded product) : IClassFixture<Loaded>
{
    [Fact]
    public async Task Everybody_who_is_printed_can_sign_in()
    {
        var printed = product.Running.Output.Split('\n').Where(l => l.StartsWith("Sign-in: ", StringComparison.Ordinal)).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.Equal(14, printed.Count);
        foreach (var line in printed)
        {
            using var person = await product.Entrance.Person(line[^2], line[^1], Loaded.Stop);
            using var answer = await person.GetAsync("api/v1/suppliers/mine", Loaded.Stop);
            // Known, though only suppliers may read this.
            Assert.Equal(line[1] == "supplier" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_wrong_password_does_not_sign_in() => await Assert.ThrowsAsync<HttpRequestException>(
        () => product.Entrance.Person("bounmy@kingfisher-lane.example", "not the demonstration", Loaded.Stop));

    [Fact]
    public async Task The_brand_sees_estimates_and_what_a_supplier_shared()
    {
        var sites = await product.Portfolio();
        using var brand = await product.Person("anna@marisol-pine.example");
        var supplier = await brand.Get("api/v1/suppliers/parties/11111111-0000-4000-8000-000000000007", Loaded.Stop);

        Assert.Equal(5, sites.GetProperty("summary").GetProperty("sites").GetInt32());
        Assert.True(supplier.GetProperty("shared").GetBoolean());
        Assert.Equal(["Golden Ferry Manpower", "Kingfisher Lane Labour Agency"], supplier.GetProperty("recruiters").EnumerateArray().Select(r => r.GetProperty("recruiterName").GetString()));
    }

    [Fact]
    public async Task Whoever_has_answered_already_gets_no_second_first_account()
    {
        using var brand = await product.Person("anna@marisol-pine.example");
        var invited = await brand.Post("api/v1/suppliers/11111111-0000-4000-8000-000000000007/invitations", null, Loaded.Stop);

        Assert.Equal(JsonValueKind.Null, invited.GetProperty("link").ValueKind);
        Assert.True(invited.GetProperty("askedToShare").GetBoolean());
    }

    [Fact]
    public async Task One_recruiter_is_in_the_register_with_a_finding_to_follow_and_another_waits_for_its_audit()
    {
        using var stranger = product.Running.Client();
        var listed = await stranger.Get("api/v1/register/recruiters", Loaded.Stop);
        using var auditor = await product.Person("malee@lotus-lane.example");
        var tasks = (await auditor.Get("api/v1/accreditation/applications", Loaded.Stop)).GetProperty("items").EnumerateArray().Where(i => i.GetProperty("myTask").GetString() != "none");

        Assert.Equal(("Golden Ferry Manpower", "granted"), One(listed.GetProperty("items")));
        Assert.Equal([("Golden Ferry Manpower", "close_findings"), ("Kingfisher Lane Labour Agency", "audit")],
            tasks.Select(t => (t.GetProperty("recruiterName").GetString()!, t.GetProperty("myTask").GetString()!)).Order());

        static (string, string) One(JsonElement items) => (Assert.Single(items.EnumerateArray()).GetProperty("name").GetString()!, items[0].GetProperty("status").GetString()!);
    }

    [Fact]
    public async Task The_case_handler_opens_ten_cases_with_the_printed_passphrase_and_workers_can_write()
    {
        using var stranger = product.Running.Client();
        var intake = await stranger.Get("api/v1/grievances/intake", Loaded.Stop);
        var cases = await product.OpenedCases();

        Assert.True(intake.GetProperty("open").GetBoolean());
        Assert.Contains($"opens cases with: {Loader.Passphrase}", product.Running.Output, StringComparison.Ordinal);
        Assert.Equal(10, cases.Select(c => c.Texts[0]).Distinct().Count());
        Assert.All(cases, c => Assert.True(c.AccusedNamed));
    }

    [Fact]
    public async Task What_the_tour_does_by_hand_is_not_done_yet()
    {
        using var recruiter = await product.Person("hla@saffron-bridge.example");
        using var supplier = await product.Person("somchai@rung-fah.example");

        Assert.Empty((await recruiter.Get("api/v1/accreditation/applications", Loaded.Stop)).GetProperty("items").EnumerateArray());
        Assert.Empty((await supplier.Get("api/v1/suppliers/mine", Loaded.Stop)).GetProperty("sites").EnumerateArray());
        Assert.Null(Loaded.VoiceIn(await product.Portfolio()));
    }

    [Fact]
    public async Task Loading_it_again_changes_nothing()
    {
        var before = await Everything();

        await product.Loader.Load(10, Loaded.Stop);

        Assert.Equal(before, await Everything());
    }

    private async Task<string> Everything()
    {
        var seen = new List<string>();
        foreach (var (email, paths) in new[]
        {
            ("anna@marisol-pine.example", new[] { "risk/sites", "suppliers/imports", "suppliers/relations" }),
            ("kanya@chao-phraya-knit.example", ["suppliers/mine"]),
            ("lien@open-hand.example", ["accreditation/applications"]),
            ("admin@open-hand.example", ["grievances/releases/next"]),
        })
        {
            using var person = await product.Person(email);
            foreach (var path in paths) seen.Add(await person.GetStringAsync($"api/v1/{path}", Loaded.Stop));
        }
        seen.AddRange((await product.OpenedCases()).Select(c => $"{c.Id} {string.Join(' ', c.Texts)}"));
        return string.Join('\n', seen);
    }
}
