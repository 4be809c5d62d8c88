using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform.Tests.Audit;

/// <summary>What is done stands in the trail once, with its change; what was not done does not; what was tried and refused does.</summary>
public sealed class AuditTrailTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("office-").FullName;
    private Office office = null!;

    public async ValueTask InitializeAsync() => office = await Office.Open(folder, "--Audit:RefusalsAMinute", "5");

    public async ValueTask DisposeAsync()
    {
        await office.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_done_says_who_when_from_which_session_and_about_what_and_nothing_that_was_sent()
    {
        var (party, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var client = office.Client(party: party, subject: "b7", session: "s1");

        using var answer = await client.PostAsync($"things/{id}?note=secret-words", null);

        var entry = Assert.Single(await office.Entries());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("b7", party, "s1", "MakeThing", $"{id}", "done"), (entry.Who, entry.Party, entry.Session, entry.What, entry.About, entry.Outcome));
        Assert.DoesNotContain("secret-words", JsonSerializer.Serialize(entry), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("steps", "MakeInSteps", 2)]
    [InlineData("anew", "MakeAnew", 1)]
    [InlineData("nothing", "DoNothing", 0)]
    public async Task What_saves_several_times_begins_anew_or_saves_nothing_has_one_entry(string path, string what, int things)
    {
        using var client = office.Client();

        using var answer = await client.PostAsync(path, null);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal((what, "done"), Assert.Single((await office.Entries()).Select(e => (e.What, e.Outcome))));
        Assert.Equal(things, await office.Things());
    }

    [Fact]
    public async Task A_statement_without_a_save_has_its_entry_when_it_changed_something()
    {
        using var client = office.Client();
        using var made = await client.PostAsync($"things/{Guid.CreateVersion7()}", null);

        using var touched = await client.PostAsync("statement", null);

        Assert.Equal(["MakeThing", "TouchAll"], (await office.Entries()).Select(e => e.What));
    }

    [Fact]
    public async Task The_same_request_sent_again_under_its_key_was_done_once()
    {
        using var client = office.Client();
        client.DefaultRequestHeaders.Add(Idempotency.Header, "k");
        var path = $"things/{Guid.CreateVersion7()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.PostAsync(path, null)));
        using var later = await client.PostAsync(path, null);

        Assert.All(answers.Append(later), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Single(await office.Entries());
        Assert.Equal(1, await office.Things());
    }

    [Fact]
    public async Task What_was_saved_and_taken_back_is_no_act_but_a_refusal()
    {
        using var client = office.Client();
        client.DefaultRequestHeaders.Add(Idempotency.Header, "k");

        using var answer = await client.PostAsync("back", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("changed-its-mind", Assert.Single(await office.Entries()).Outcome);
        Assert.Equal(0, await office.Things());
    }

    [Fact]
    public async Task What_failed_for_a_bug_or_was_written_wrongly_leaves_nothing()
    {
        using var client = office.Client();

        using var bug = await client.PostAsync("bug", null);
        using var wrong = await client.PostAsync("wrong", null);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.BadRequest), (bug.StatusCode, wrong.StatusCode));
        Assert.Empty(await office.Entries());
    }

    [Fact]
    public async Task What_is_refused_for_a_rule_a_role_or_another_organisation_stands_there_with_its_code()
    {
        using var client = office.Client();
        using var stranger = office.Client(Roles.Auditor, subject: "two");

        using var rule = await client.PostAsync("rule", null);
        using var role = await stranger.PostAsync("nothing", null);
        using var absent = await client.GetAsync($"file/{Guid.Empty}");

        Assert.Equal([("BreakRule", "not-today", "one"), ("DoNothing", "role-missing", "two"), ("TakeFile", "not-found", "one")], (await office.Entries()).Select(e => (e.What, e.Outcome, e.Who)));
    }

    [Fact]
    public async Task Whoever_tries_on_and_on_does_not_fill_the_disk_and_what_he_does_is_written_all_the_same()
    {
        using var client = office.Client();
        using var other = office.Client(subject: "two");

        for (var i = 0; i < 20; i++) (await client.PostAsync("rule", null)).Dispose();
        using var done = await client.PostAsync("nothing", null);
        using var another = await other.PostAsync("rule", null);

        var entries = await office.Entries();
        Assert.Equal(5, entries.Count(e => e is { Who: "one", Outcome: "not-today" }));
        Assert.Single(entries, e => e is { Who: "one", Outcome: "done" });
        Assert.Single(entries, e => e is { Who: "two", Outcome: "not-today" });
    }

    [Fact]
    public async Task A_reading_that_says_so_is_written_and_others_are_not()
    {
        using var client = office.Client();
        var id = Guid.CreateVersion7();

        var (file, list) = (await client.GetStringAsync($"file/{id}"), await client.GetStringAsync("list"));

        Assert.Equal(("a file", "a list"), (file, list));
        Assert.Equal(("TakeFile", $"{id}"), Assert.Single((await office.Entries()).Select(e => (e.What, e.About))));
    }

    [Fact]
    public async Task A_file_is_not_given_away_when_the_trail_cannot_say_so()
    {
        using var client = office.Client();
        await office.With(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"AuditTrail\" RENAME TO \"Away\""));

        using var answer = await client.GetAsync($"file/{Guid.CreateVersion7()}");

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("a file", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_without_a_name_has_neither_session_nor_code()
    {
        using var client = office.Client(session: "s1");

        using var open = await client.GetAsync($"secret/{Guid.CreateVersion7()}");
        using var stranger = office.Client(Roles.Auditor, session: "s2");
        using var refused = await stranger.GetAsync($"secret/{Guid.CreateVersion7()}");

        Assert.Equal([("WorkOnSecret", null, "done"), ("WorkOnSecret", null, "refused")], (await office.Entries()).Select(e => (e.What, e.Session, e.Outcome)));
    }

    [Fact]
    public async Task Strangers_and_other_services_leave_nothing()
    {
        using var stranger = office.Stranger();
        using var service = office.Client(Roles.Service, subject: "client:service");

        using var anybody = await stranger.PostAsync("anybody", null);
        using var unknown = await stranger.PostAsync("nothing", null);
        using var asked = await service.PostAsync($"things/{Guid.CreateVersion7()}", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (anybody.StatusCode, unknown.StatusCode, asked.StatusCode));
        Assert.Equal(2, await office.Things());
        Assert.Empty(await office.Entries());
    }

    [Fact]
    public async Task A_signed_in_person_at_an_address_that_is_open_to_strangers_leaves_nothing_either()
    {
        using var client = office.Client();

        using var answer = await client.PostAsync("anybody", null);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(await office.Entries());
    }

    [Fact]
    public async Task An_owner_reads_exports_and_verifies_her_own_organisations_trail_and_no_others()
    {
        var (mine, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var client = office.Client(party: mine)) for (var i = 0; i < 60; i++) (await client.PostAsync("nothing", null)).Dispose();
        using (var client = office.Client(party: other, subject: "two")) (await client.PostAsync("nothing", null)).Dispose();
        await office.Seal();
        using var owner = office.Client(Roles.Owner, mine, "=owner");

        var first = await owner.GetFromJsonAsync<JsonElement>("audit");
        var second = await owner.GetFromJsonAsync<JsonElement>($"audit?cursor={first.GetProperty("next").GetGuid()}");
        var verified = await owner.GetFromJsonAsync<JsonElement>("audit/verification");
        var csv = (await owner.GetStringAsync("audit/export")).Trim().Split("\r\n");
        var lines = (await owner.GetStringAsync("audit/export?format=jsonl&refused=true")).Trim();
        var export = (await owner.GetStringAsync("audit/export?what=OfficeExportAuditEntries")).Trim().Split("\r\n");

        Assert.Equal((50, 10), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal((1, 60L), (verified.GetProperty("chains").GetInt32(), verified.GetProperty("entries").GetInt64()));
        Assert.Equal(1 + 60, csv.Count(l => !l.Contains("Export", StringComparison.Ordinal)));
        Assert.All(csv.Skip(1), l => Assert.Contains($"{mine}", l, StringComparison.Ordinal));
        Assert.Equal("", lines);
        Assert.Contains(export, l => l.Contains(",'=owner,", StringComparison.Ordinal));
        using var unknown = await owner.GetAsync($"audit?cursor={(await office.Entries()).Single(e => e.Who == "two").Id}");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var nobody = office.Client(party: mine);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync("audit")).StatusCode);
    }

    [Fact]
    public async Task The_administrator_reads_all_and_narrows_it_down()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using (var client = office.Client(party: one)) (await client.PostAsync("nothing", null)).Dispose();
        using (var client = office.Client(party: other, subject: "two")) (await client.PostAsync("rule", null)).Dispose();
        using var administrator = office.Client(Roles.Administrator, Guid.CreateVersion7());

        async Task<string> Found(string query) => string.Join(' ', (await administrator.GetFromJsonAsync<JsonElement>($"audit{query}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("who").GetString()));

        Assert.Equal(
            ["two one", "one", "two", "two", "one", "", ""],
            [await Found(""), await Found("?who=one"), await Found("?what=BreakRule"), await Found("?refused=true"), await Found($"?party={one}"), await Found("?to=2020-01-01"), await Found("?from=9999-12-31")]);
    }
}
