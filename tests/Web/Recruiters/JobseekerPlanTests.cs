using Recruitment.Platform;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>The plan that a suspension needs stands where those are who have to carry it out or to see to it.</summary>
public sealed class JobseekerPlanTests : IAsyncLifetime
{
    private const string Plan = ""","history":[{"number":8,"from":"granted","to":"suspended","at":"2026-03-01T08:00:00Z","reason":"audit_refused"}],"jobseekerPlan":{"money":"The employer pays back every fee.","papers":"Given back.","contracts":"Honoured.","travel":"The bus home is paid."}""";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("suspended", Roles.RecruiterUser, "/recruiters")]
    [InlineData("granted", Roles.RecruiterUser, "/recruiters")]
    [InlineData("withdrawn", Roles.RecruiterUser, "/recruiters")]
    [InlineData("suspended", Roles.DecisionMaker, "/auditors/decision/")]
    [InlineData("granted", Roles.DecisionMaker, "/auditors/decision/")]
    [InlineData("withdrawn", Roles.DecisionMaker, "/auditors/decision/")]
    [InlineData("suspended", Roles.SchemeManager, "/auditors/scheme/application/")]
    [InlineData("withdrawn", Roles.SchemeManager, "/auditors/scheme/application/")]
    public async Task Each_part_of_the_plan_and_its_day_are_read(string state, string role, string address)
    {
        pages.Service.Application(state, extra: Plan);
        pages.ReaderRoles = [role];

        var page = await pages.Client.GetStringAsync(address.EndsWith('/') ? address + Answering.Id : address);

        foreach (var words in (string[])["Plan for jobseekers in process", "suspended on 2026-03-01", "The employer pays back every fee.", "Given back.", "Honoured.", "The bus home is paid."])
            Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_told_to_carry_out_the_plan_reads_it_before_anything_else()
    {
        pages.Service.Application("suspended", extra: Plan);

        var page = await pages.Client.GetStringAsync("/recruiters");

        var (told, plan, history) = (page.IndexOf("Carry out the plan", StringComparison.Ordinal), page.IndexOf("The employer pays back every fee.", StringComparison.Ordinal), page.IndexOf("<h2>History", StringComparison.Ordinal));
        Assert.True(told > 0 && told < plan && plan < history);
    }

    [Fact]
    public async Task Where_there_was_no_suspension_no_plan_is_spoken_of()
    {
        pages.Service.Application("granted");

        Assert.DoesNotContain("Plan for jobseekers", await pages.Client.GetStringAsync("/recruiters"), StringComparison.Ordinal);
    }
}
