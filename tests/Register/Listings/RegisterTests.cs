using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Recruitment.Register.Wording;

namespace Recruitment.Register.Tests.Listings;

public sealed class RegisterTests(RegisterApp app) : IClassFixture<RegisterApp>
{
    private const string Root = RegisterApp.Root;

    [Fact]
    public async Task Anybody_reads_status_date_corridors_history_and_what_it_does_not_mean()
    {
        var id = await app.Granted("Saffron Bridge Recruitment");

        var answer = await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{id}");

        var assessment = answer!["assessments"]![0]!;
        Assert.Equal(("granted", "2026-01-10"), (assessment["status"]!.GetValue<string>(), assessment["since"]!.GetValue<string>()));
        Assert.Equal("MMR-THA", assessment["corridors"]![0]!.GetValue<string>());
        Assert.Contains("Not IRIS certification; not endorsed by IOM", answer["caveat"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("No one may ask you to pay", answer["noFee"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silver heron")]
    [InlineData("SILVER HERON MANPOWER")]
    [InlineData("silver herron")]
    [InlineData("Sílver Heron")]
    public async Task A_name_is_found_however_it_is_typed(string query)
    {
        await app.Granted("Silver Heron Manpower");

        var found = await Search($"?query={Uri.EscapeDataString(query)}");

        Assert.Contains(found["items"]!.AsArray(), i => i!["name"]!.GetValue<string>() == "Silver Heron Manpower");
    }

    [Fact]
    public async Task No_hit_proves_nothing_and_says_so()
    {
        var found = await Search("?query=zzqqxx");

        Assert.Empty(found["items"]!.AsArray());
        Assert.StartsWith("We have no record; that proves nothing.", found["note"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anybody.GetAsync($"{Root}/{Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task Look_alike_names_stand_beside_each_other()
    {
        var one = await app.Granted("Amber Lantern Overseas");
        var other = await app.Granted("Amber Lanterns Overseas Co");

        var answer = await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{one}");

        Assert.Equal(other, answer!["lookAlikes"]![0]!["id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task The_likest_name_comes_first_however_many_there_are_before_it_in_the_alphabet()
    {
        var one = await app.Granted("Zephyr Quay Overseas");
        for (var i = 0; i < 52; i++) await app.Granted($"Bay Zephyr Quay Office {i:00}");
        var likest = await app.Granted("Zephyr Quays Overseas");

        var answer = await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{one}");

        Assert.Equal(likest, answer!["lookAlikes"]![0]!["id"]!.GetValue<Guid>());
        Assert.Equal(10, answer["lookAlikes"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_newest_status_counts_though_messages_come_twice_late_and_after_a_restore()
    {
        var (accreditation, recruiter, message) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var suspended = RegisterApp.Changed(accreditation, recruiter, "Paper Crane Jobs", 5, "suspended");
        await app.Host.Deliver(suspended, message);
        await app.Host.Deliver(suspended, message);
        await app.Host.Deliver(RegisterApp.Changed(accreditation, recruiter, "Paper Crane Jobs", 4));

        Assert.Equal("suspended", await Status(recruiter));
        var answer = await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{recruiter}");
        Assert.Equal(2, answer!["assessments"]![0]!["history"]!.AsArray().Count);

        await app.Host.Deliver(RegisterApp.Changed(accreditation, recruiter, "Paper Crane Jobs", 1, epoch: 2));
        Assert.Equal("granted", await Status(recruiter));
    }

    [Theory]
    [InlineData("deception", false)]
    [InlineData("audit_refused", false)]
    [InlineData("at_own_request", true)]
    public async Task A_reason_against_a_recruiter_is_not_published_before_it_can_be_heard_and_appeal(string reason, bool isShown)
    {
        var changed = RegisterApp.Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), "Slow Ferry Agency", status: "withdrawn");
        await app.Host.Deliver(changed with { StatusReason = reason, History = [new() { Status = "withdrawn", On = new(2026, 2, 1), Reason = reason }] });

        var shown = (await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{changed.RecruiterPartyId}"))!["assessments"]![0]!;

        Assert.Equal("withdrawn", shown["status"]!.GetValue<string>());
        Assert.Equal(isShown, shown["history"]![0]!["reason"] is not null);
        Assert.Equal(!isShown, shown["reason"]!.GetValue<string>().StartsWith("The reason is not published", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("restored")]
    [InlineData("suspension_remedied")]
    public async Task Of_a_restored_status_it_is_said_that_it_was_restored_and_not_that_anything_was_put_right(string code)
    {
        var changed = RegisterApp.Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), "Quiet Ferry Agency");
        await app.Host.Deliver(changed with { StatusReason = code, History = [new() { Status = "granted", On = new(2026, 2, 1), Reason = code }] });

        var shown = (await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{changed.RecruiterPartyId}"))!["assessments"]![0]!;

        Assert.Equal(("Restored after suspension.", "Restored after suspension."), (shown["reason"]!.GetValue<string>(), shown["history"]![0]!["reason"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("granted", "expired")]
    [InlineData("suspended", "expired")]
    [InlineData("withdrawn", "withdrawn")]
    public async Task A_status_past_its_last_day_says_so_by_itself(string status, string shown)
    {
        var changed = RegisterApp.Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), "Old Harbour Staffing", status: status) with { ValidFrom = new(2020, 1, 1), ValidTo = new(2023, 1, 1) };
        await app.Host.Deliver(changed);

        Assert.Equal(shown, await Status(changed.RecruiterPartyId));
    }

    [Fact]
    public async Task A_status_that_is_not_public_or_not_known_is_never_shown_and_does_not_count_as_heard()
    {
        var changed = RegisterApp.Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), "Hidden Applicant Agency", status: "submitted");

        await app.Host.Deliver(changed);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Anybody.GetAsync($"{Root}/{changed.RecruiterPartyId}")).StatusCode);
        // The same state again, in words that this release knows: as a later release would have it, told everything again.
        await app.Host.Deliver(changed with { Status = "granted" });
        Assert.Equal("granted", await Status(changed.RecruiterPartyId));
    }

    [Fact]
    public async Task A_recruiter_without_status_is_not_listed_and_a_listed_one_goes_by_its_newest_name()
    {
        var (accreditation, recruiter) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (named, message) = (RegisterApp.Party(recruiter, "Blue Junk Placement", 2), Guid.CreateVersion7());
        await app.Host.Deliver(named, message);
        await app.Host.Deliver(named, message);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anybody.GetAsync($"{Root}/{recruiter}")).StatusCode);
        await app.Host.Deliver(RegisterApp.Changed(accreditation, recruiter, "An Older Name"));
        await app.Host.Deliver(RegisterApp.Party(recruiter, "Late Message Name", 1));

        var found = await Search("?query=blue+junk");

        Assert.Equal("Blue Junk Placement", Assert.Single(found["items"]!.AsArray())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        for (var i = 0; i < 23; i++) await app.Granted($"Paging Agency {i:00}", "NPL");
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Search($"?country=npl{(cursor is null ? "" : $"&cursor={cursor}")}");
            names.AddRange(page["items"]!.AsArray().Select(i => i!["name"]!.GetValue<string>()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 23).Select(i => $"Paging Agency {i:00}"), names);
    }

    [Theory]
    [InlineData("?cursor=%21%21")]
    [InlineData("?cursor=YWJj")]
    public async Task A_made_up_cursor_gets_a_problem(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Anybody.GetAsync($"{Root}{query}")).StatusCode);

    [Fact]
    public async Task Nothing_here_asks_who_is_calling_but_what_an_administrator_mends()
    {
        Recruitment.Testing.Crossing[] letters = [.. Recruitment.Testing.Borders.DeadLetters("Register"), .. Recruitment.Testing.Borders.StuckWork("Register"), .. Recruitment.Testing.Borders.Audit("Register")];
        Assert.Equal(Recruitment.Testing.Borders.Closed(app.Host.Services), letters.Select(l => l.Endpoint).Order(StringComparer.Ordinal));

        var allowed = letters.Select(l => (l.Endpoint, Role: Recruitment.Platform.Roles.Administrator)).Concat(Recruitment.Testing.Borders.ReadersOfAudit("Register")).ToLookup(l => l.Endpoint, l => l.Role);
        Assert.Empty(await Recruitment.Testing.Borders.Crossed(letters, (role, party, kind) => app.Host.Client(role, party, kind), [], allowed));
    }

    [Fact]
    public void No_forbidden_phrase_is_in_the_register()
    {
        string[] forbidden = ["IRIS certified", "approved by IOM", "compliant", "slave-free", "free of forced labour", "safe agency", "confirmed victim"];

        Assert.All(Wordings.All, text => Assert.DoesNotContain(forbidden, phrase => text.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<JsonObject> Search(string query) => (await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}{query}"))!;

    private async Task<string> Status(Guid recruiter) =>
        (await app.Anybody.GetFromJsonAsync<JsonObject>($"{Root}/{recruiter}"))!["assessments"]![0]!["status"]!.GetValue<string>();
}
