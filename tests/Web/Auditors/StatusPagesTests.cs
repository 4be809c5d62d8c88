using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>A public status is suspended, restored or withdrawn for a reason, on purpose, and nothing typed is lost.</summary>
public sealed class StatusPagesTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task A_refused_suspension_keeps_what_was_typed_and_chosen()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("granted");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/status"] = (HttpStatusCode.BadRequest, """{"detail":"Travel: say what happens."}""");
        var page = $"/auditors/decision/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Status", ("act", "suspend"), ("reason", "mark_misused"),
            ("money", "Fees are paid back."), ("papers", "Passports are handed out."), ("contracts", "They stand."), ("travel", ""))).Content.ReadAsStringAsync();

        Assert.Contains("Travel: say what happens.", told, StringComparison.Ordinal);
        foreach (var typed in (string[])["Fees are paid back.", "Passports are handed out.", "They stand."]) Assert.Contains($"{typed}</textarea>", told, StringComparison.Ordinal);
        Assert.Contains("value=\"mark_misused\" selected=\"selected\"", told, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\"><summary>Suspend</summary>", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_withdrawal_keeps_the_reason()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("granted");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/status"] = (HttpStatusCode.Conflict, """{"detail":"Not now."}""");
        var page = $"/auditors/decision/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Status", ("act", "withdraw"), ("reason", "findings_not_closed"), ("why", "Two fees are still owed."), ("confirmed", "true"))).Content.ReadAsStringAsync();

        Assert.Contains("value=\"findings_not_closed\" selected=\"selected\"", told, StringComparison.Ordinal);
        Assert.Contains("Two fees are still owed.</textarea>", told, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\"><summary>Withdraw for good</summary>", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "true", "Write why the status is withdrawn")]
    [InlineData("Two fees are still owed.", "", "A withdrawal cannot be taken back. Confirm")]
    public async Task No_status_is_withdrawn_by_one_click(string why, string confirmed, string sentence)
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("granted");
        var page = $"/auditors/decision/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Status", ("act", "withdraw"), ("reason", "deception"), ("why", why), ("confirmed", confirmed))).Content.ReadAsStringAsync();

        Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.Contains($"{why}</textarea>", told, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.EndsWith("/status", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "true", "Write why the status is restored")]
    [InlineData("The audit was let in.", "", "A restored status is public at once. Confirm")]
    public async Task No_status_is_restored_by_one_click(string why, string confirmed, string sentence)
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("suspended");
        var page = $"/auditors/decision/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Status", ("act", "restore"), ("why", why), ("confirmed", confirmed))).Content.ReadAsStringAsync();

        Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.Contains("<details open=\"open\"><summary>Restore</summary>", told, StringComparison.Ordinal);
        // In its own form, not in that for a withdrawal.
        if (why.Length > 0) Assert.Single(Regex.Matches(told, $"{why}</textarea>"));
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.EndsWith("/status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_is_restored_for_the_reason_typed_and_the_reason_is_read_afterwards()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("suspended");
        var page = $"/auditors/decision/{Answering.Id}";

        await pages.Post(page, $"{page}?handler=Status", ("act", "restore"), ("why", "The audit was let in."), ("confirmed", "true"));

        Assert.Contains("\"rationale\":\"The audit was let in.\"", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
        pages.Service.Application("granted", extra: ""","history":[{"number":9,"from":"suspended","to":"granted","at":"2026-03-01T08:00:00Z","reason":"restored","rationale":"The audit was let in."}]""");
        foreach (var read in (string[])[page, "/recruiters"]) Assert.Contains("The audit was let in.", await pages.Client.GetStringAsync(read), StringComparison.Ordinal);
    }
}
