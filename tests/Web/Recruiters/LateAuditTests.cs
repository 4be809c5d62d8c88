namespace Recruitment.Web.Tests.Recruiters;

/// <summary>A day that has passed is not promised: the recruiter reads that its audit is late, and whom to ask.</summary>
public sealed class LateAuditTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task An_audit_past_its_day_is_said_to_be_late_and_who_can_be_asked()
    {
        var page = await Due(isOverdue: true);

        Assert.Contains("It was due on 2026-03-01 and is late", page, StringComparison.Ordinal);
        Assert.Contains("Ask Lotus Lane Assurance by which day it will be.", page, StringComparison.Ordinal);
        Assert.Contains("turn to the scheme manager", page, StringComparison.Ordinal);
        Assert.DoesNotContain("will audit by", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_that_it_is_said_by_which_day_it_comes()
    {
        var page = await Due(isOverdue: false);

        Assert.Contains("Lotus Lane Assurance will audit by 2026-03-01.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("is late", page, StringComparison.Ordinal);
    }

    private Task<string> Due(bool isOverdue)
    {
        pages.Service.Application("audit_assigned", extra: $$""","auditBodyName":"Lotus Lane Assurance","auditDueOn":"2026-03-01","auditIsOverdue":{{(isOverdue ? "true" : "false")}}""");
        return pages.Client.GetStringAsync("/recruiters");
    }
}
