using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>A scheme manager's form that somebody else's step has done away with does not take its reason along.</summary>
public sealed class ReviewNoLongerOfferedTests : IAsyncLifetime
{
    private const string Heading = "What you typed and was not saved";

    private static readonly string Page = $"/auditors/scheme/application/{Answering.Id}";

    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.SchemeManager] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("submitted", "", "eligible", "", "Review", "review", "outcome", "deferred", "Outcome=deferred | Reason=The licence is missing.")]
    [InlineData("granted", ",\"bodyIsOfTheGroup\":true", "granted", ",\"bodyIsOfTheGroup\":false", "HandOver", "status-body", "", "", "Reason=The licence is missing.")]
    [InlineData("eligible", "", "audit_assigned", "", "Assign", "auditor", "dueOn", "2126-05-01", "Audit due by=2126-05-01")]
    public async Task What_was_typed_is_shown_to_be_copied(string opened, string before, string meanwhile, string after, string handler, string path, string field, string value, string shown)
    {
        pages.Service.Application(opened, extra: before);
        var token = await pages.Token(Page);
        pages.Service.Application(meanwhile, extra: after);

        var told = await Send(token, handler, path, field, value);

        foreach (var (label, text) in shown.Split(" | ").Select(t => t.Split('=')).Select(t => (t[0], t[1])))
            Assert.Matches($"<h2>{Heading}</h2>.*<h3>{Regex.Escape(label)}</h3>\\s*<p class=\"kept\">{Regex.Escape(text)}</p>", told.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task While_the_form_is_there_it_stays_in_its_field_alone()
    {
        pages.Service.Application("submitted");

        var told = await Send(await pages.Token(Page), "Review", "review", "outcome", "deferred");

        Assert.DoesNotContain(Heading, told, StringComparison.Ordinal);
        Assert.Contains("The licence is missing.</textarea>", told, StringComparison.Ordinal);
    }

    private async Task<string> Send(string token, string handler, string path, string field, string value)
    {
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/{path}"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["reason"] = "The licence is missing.", ["auditor"] = "malee", ["body"] = "0195a000-0000-7000-8000-0000000000bb", [field] = value, ["__RequestVerificationToken"] = token,
        });
        return await (await pages.Client.PostAsync($"{Page}?handler={handler}", form)).Content.ReadAsStringAsync();
    }
}
