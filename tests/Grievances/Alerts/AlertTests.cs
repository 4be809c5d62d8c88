using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Alerts;

/// <summary>A service of its own for each test: mails add up.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new(new() { ["Grievances:CasesADay"] = "3" });

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        using var set = await app.Mai.Client.PutAsJsonAsync("/api/v1/grievances/readers/me/alerts", new { address = "mai@duty.example" });
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_is_on_duty_gets_a_mail_at_once_that_says_nothing_about_the_case()
    {
        await File(safe: false);

        var mail = Assert.Single(await Mails(1));
        Assert.Contains("To: mai@duty.example", mail, StringComparison.Ordinal);
        foreach (var telling in new[] { "danger", "passport", "worker", "documents", "my", (await app.Mai.List()).Single().ToString() })
            Assert.DoesNotContain($" {telling}", mail, StringComparison.OrdinalIgnoreCase);
        await NothingIsKept();
    }

    [Fact]
    public async Task A_message_added_to_an_urgent_case_alerts_again_and_an_ordinary_case_never()
    {
        var receipt = await File(safe: false);
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "they are at the door" })).Dispose();
        Assert.Equal(2, (await Mails(2)).Length);

        await File(safe: true);
        await File(safe: true);
        await NothingIsKept();
        Assert.Equal(2, (await Mails(2)).Length);
    }

    [Fact]
    public async Task A_flood_is_taken_with_a_receipt_each_and_stands_after_the_others_with_one_mail_for_all_who_are_in_danger()
    {
        for (var i = 0; i < 3; i++) await File(safe: true);
        var receipts = new List<string> { await File(safe: false) };
        receipts.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => File(safe: false))));

        Assert.Single(await Mails(1));
        var parked = await Parked();

        Assert.Equal((bool[])[false, false, false, true, true, true, true, true], parked);
        Assert.Equal(5, receipts.Distinct().Count());
        await NothingIsKept();
        Assert.Equal(5, (await app.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("inDangerInFlood").GetInt32());
    }

    [Fact]
    public async Task Who_was_answered_is_out_of_the_flood_and_alerts_when_she_writes_again()
    {
        string receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await File(safe: false, begun: null));
        Assert.Single(await Mails(1));

        using (var answered = await app.Mai.Reply(id, "we come at once")) Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "they are at the door" })).Dispose();

        Assert.False(Assert.Single(await Parked()));
        Assert.Equal(2, (await Mails(2)).Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1700000000.0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("a.b")]
    public async Task A_filing_without_a_form_of_ours_is_parked_and_not_refused(string? begun)
    {
        await File(safe: true, begun);

        Assert.Single(await Parked(), parked => parked);
    }

    [Fact]
    public async Task A_form_filled_in_faster_than_a_person_can_is_parked_and_not_refused()
    {
        await using var quick = new GrievancesApp(new() { ["Grievances:SecondsToFillIn"] = "10" });
        await quick.InitializeAsync();
        var begun = await Begun(quick);

        using var filed = await quick.Post("", new { receipt = await quick.Receipt(), language = "my", topic = "wages", begun, formId = Guid.CreateVersion7() });

        Assert.Equal(HttpStatusCode.OK, filed.StatusCode);
        Assert.True((await quick.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items")[0].GetProperty("parked").GetBoolean());
    }

    [Theory]
    [InlineData("two@a.example, b@a.example")]
    [InlineData("a@b\r\nBcc: everyone@c")]
    [InlineData("nobody")]
    public async Task Nothing_but_one_address_is_taken(string address)
    {
        using var refused = await app.Mai.Client.PutAsJsonAsync("/api/v1/grievances/readers/me/alerts", new { address });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private async Task<string> File(bool safe) => await File(safe, await Begun(app));

    private async Task<string> File(bool safe, string? begun)
    {
        var receipt = await app.Receipt();
        using var filed = await app.Post("", new { receipt, language = "my", safeNow = safe, topic = "documents", text = "They keep my passport", begun, formId = Guid.CreateVersion7() });
        Assert.Equal(HttpStatusCode.OK, filed.StatusCode);
        return receipt;
    }

    private static async Task<string> Begun(GrievancesApp of) =>
        (await of.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake")).GetProperty("begun").GetString()!;

    private async Task<bool[]> Parked() =>
        [.. (await app.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray().Select(g => g.GetProperty("parked").GetBoolean())];

    private async Task NothingIsKept()
    {
        await DueWorkDone.Of<GrievancesDb>(app.Host.Services, "mail");
        var mails = await app.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances/mails");
        Assert.Equal((0, 0), (mails.GetProperty("waiting").GetInt32(), mails.GetProperty("items").GetArrayLength()));
    }

    private async Task<string[]> Mails(int expected)
    {
        var folder = Path.Combine(app.Host.DataFolder, "mail");
        await Wait.Until(() => Task.FromResult(Directory.Exists(folder) && Directory.GetFiles(folder, "*.eml").Length >= expected), "no mail was written");
        return [.. Directory.GetFiles(folder, "*.eml").Select(System.IO.File.ReadAllText)];
    }
}
