using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Readers;

/// <summary>Whoever is no case handler any more reads nothing, so nothing may count on her.</summary>
public sealed class MembershipEndedTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task When_the_last_of_the_intake_team_has_left_intake_is_closed_within_a_minute_and_takes_nothing()
    {
        await app.Leaves("mai");
        Assert.True(await IsOpen());

        app.Identity.Left.Add("somchai");
        await Wait.Until(async () => !await IsOpen(), "intake stays open");

        Assert.Equal("nobody-reads", (await Intake()).GetProperty("reason").GetString());
        using var filed = await app.Post("", new { receipt = await app.Receipt(), language = "my", text = "to nobody", formId = Guid.CreateVersion7() });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, filed.StatusCode);

        app.Identity.Left.Clear();
        await app.CallTheRoll();
        Assert.True(await IsOpen());
    }

    [Fact]
    public async Task A_case_is_sealed_to_those_who_are_there_and_they_alone_are_alerted()
    {
        foreach (var reader in new[] { app.Mai, app.Somchai })
        {
            using var set = await reader.Client.PutAsJsonAsync("/api/v1/grievances/readers/me/alerts", new { address = $"{reader.Id}@open-hand.example" });
            set.EnsureSuccessStatusCode();
        }
        await app.Leaves("mai");

        var id = await GrievancesApp.Only(app.Somchai, async () =>
        {
            using var filed = await app.Post("", new { receipt = await app.Receipt(), language = "my", safeNow = false, text = "They are at the door", begun = (await Intake()).GetProperty("begun").GetString(), formId = Guid.CreateVersion7() });
            filed.EnsureSuccessStatusCode();
        });

        var mails = Path.Combine(app.Host.DataFolder, "mail");
        await Wait.Until(() => Task.FromResult(Directory.Exists(mails) && Directory.GetFiles(mails, "*.eml").Length > 0), "nobody was alerted");
        Assert.Contains($"{app.Somchai.Id}@", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(mails, "*.eml"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await Open(app.Mai, id));
    }

    [Fact]
    public async Task A_reader_who_is_there_keeps_her_keys_when_the_only_one_free_of_conflict_has_left()
    {
        var owner = Guid.CreateVersion7();
        var bound = await app.Register("bound", intake: true, party: null, owner);
        var id = await GrievancesApp.Only(bound, () => app.File());
        await app.Leaves("mai");
        await app.Leaves("somchai");

        using (var named = await bound.Name(id, owner))
        {
            Assert.Equal(HttpStatusCode.Conflict, named.StatusCode);
            Assert.Contains("no-reader-free-of-conflict", await named.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal("They keep my passport", (await bound.Read(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Her_keys_go_when_others_have_them_and_what_is_written_later_is_sealed_to_a_key_she_never_had()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var kept = app.Mai.CaseKey(id, await app.Mai.Sealed(id), 0);

        await app.Leaves("mai");
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "after she left" })).Dispose();

        Assert.Equal("after she left", (await app.Somchai.Read(id, 1)).GetProperty("text").GetString());
        var later = (await app.Somchai.Sealed(id)).GetProperty("messages")[1];
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => TestReader.OpenMessage(id, kept, later));
        app.Identity.Left.Clear();
        await app.CallTheRoll();
        Assert.Equal(HttpStatusCode.NotFound, await Open(app.Mai, id));
    }

    [Fact]
    public async Task The_administrator_sees_who_has_left_and_who_alone_can_open_a_case_and_with_the_role_given_back_nothing_is_lost()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        Assert.Equal((false, false), await Shown(app.Mai));
        await app.Leaves("mai");
        Assert.Equal((true, false), await Shown(app.Mai));
        Assert.Equal((false, true), await Shown(app.Somchai));

        await app.Leaves("somchai");
        Assert.Equal((true, true), await Shown(app.Somchai));
        Assert.Equal(HttpStatusCode.NotFound, await Open(app.Somchai, id));

        app.Identity.Left.Remove("somchai");
        await app.CallTheRoll();
        Assert.Equal("They keep my passport", (await app.Somchai.Read(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task While_Identity_does_not_answer_its_last_answer_holds()
    {
        await app.Leaves("mai");
        app.Identity.IsAway = true;

        await Assert.ThrowsAsync<HttpRequestException>(app.CallTheRoll);

        Assert.Equal((true, false), await Shown(app.Mai));
        Assert.True(await IsOpen());
    }

    private async Task<bool> IsOpen() => (await Intake()).GetProperty("open").GetBoolean();

    private Task<JsonElement> Intake() => app.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake");

    private async Task<(bool HasLeft, bool HoldsAlone)> Shown(TestReader reader)
    {
        var shown = (await app.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances/readers")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("id").GetGuid() == reader.Id);
        return (shown.GetProperty("hasLeft").GetBoolean(), shown.GetProperty("holdsAlone").GetBoolean());
    }

    private static async Task<HttpStatusCode> Open(TestReader reader, Guid id)
    {
        using var opened = await reader.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        return opened.StatusCode;
    }
}
