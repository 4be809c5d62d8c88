using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>A task says what to do and for whom, so that nobody takes one for another.</summary>
public sealed class TaskWordsTests : IAsyncLifetime
{
    private static readonly string Page = $"/auditors/scheme/application/{Answering.Id}";

    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.SchemeManager] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("submitted", "review", "New application", "Review")]
    [InlineData("deferred", "review", "Time to send what was missing is over", "Give more time or end it")]
    [InlineData("eligible", "name_another_body", "The audit body belongs to the recruiter's group now", "Ask another body")]
    [InlineData("audit_assigned", "name_another_body", "The audit body belongs to the recruiter's group now", "Ask another body")]
    [InlineData("ready_for_decision", "name_another_body", "The audit body belongs to the recruiter's group now", "Ask another body")]
    [InlineData("granted", "name_another_body", "The audit body belongs to the recruiter's group now", "Hand the status over")]
    [InlineData("suspended", "name_another_body", "The audit body belongs to the recruiter's group now", "Hand the status over")]
    public async Task It_has_words_of_its_own_with_the_country_and_leads_to_where_it_is_done(string state, string task, string heading, string action)
    {
        pages.Service.Application(state, task);

        var today = WebUtility.HtmlDecode(await pages.Client.GetStringAsync("/auditors"));

        Assert.Contains($"<h2>{heading}: Saffron Bridge, Myanmar", today, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page}\" aria-label=\"{action}: Saffron Bridge, Myanmar\">{action}</a>", today, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eligible", "Ask", "Ask another one.")]
    [InlineData("audit_assigned", "Ask", "what was found so far is dropped")]
    [InlineData("suspended", "HandOver", "nobody could suspend or withdraw")]
    public async Task There_another_body_is_named_and_no_auditor_of_the_one_that_may_not_audit(string state, string handler, string sentence)
    {
        pages.Service.Application(state, extra: ""","auditBodyName":"Paper Boat Assurance","bodyIsOfTheGroup":true,"auditorIsWanted":true,"declarations":[{"auditorSubject":"malee","signedAs":"Malee","hasConflict":false,"statement":"No tie.","at":"2026-02-01T08:00:00Z","wasNamed":false,"mayBeNamed":true}]""");

        var page = await pages.Client.GetStringAsync(Page);

        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, $"action=\"[^\"]+\\?handler={handler}\""));
        Assert.DoesNotContain("handler=Assign", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task The_auditor_reads_before_she_types_that_nothing_can_be_recorded(string isOfTheGroup, bool told)
    {
        pages.ReaderRoles = [Roles.Auditor];
        pages.Service.Application("audit_assigned", extra: $$""","auditBodyName":"Paper Boat Assurance","bodyIsOfTheGroup":{{isOfTheGroup}}""");

        Assert.Equal(told, (await pages.Client.GetStringAsync($"/auditors/audit/{Answering.Id}")).Contains("Paper Boat Assurance now belongs to the same group of owners as the recruiter, so nothing can be recorded here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_recruiters_of_one_name_are_told_apart_by_their_country()
    {
        pages.Service.Application("granted");

        Assert.Contains($"<a href=\"{Page}\">Saffron Bridge, Myanmar</a>", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_names_an_auditor_reads_that_the_name_is_as_typed_by_whom_and_when()
    {
        pages.Service.Application("eligible", "assign", ""","auditBodyName":"Lotus Lane Assurance","declarations":[{"auditorSubject":"malee","signedAs":"Malee","hasConflict":false,"statement":"No tie.","at":"2026-02-01T08:00:00Z","wasNamed":false,"mayBeNamed":true}]""");
        Assert.Contains("The name is as typed by whoever declared, on 2026-02-01, signed in as an auditor of Lotus Lane Assurance.", await pages.Client.GetStringAsync(Page), StringComparison.Ordinal);

        pages.Service.Application("audit_assigned", extra: ""","auditBodyName":"Lotus Lane Assurance","declarations":[{"auditorSubject":"malee","signedAs":"Malee","hasConflict":false,"statement":"No tie.","at":"2026-02-01T08:00:00Z","wasNamed":true}]""");
        Assert.Contains("name is as typed in the declaration of 2026-02-01.", await pages.Client.GetStringAsync(Page), StringComparison.Ordinal);
    }
}
