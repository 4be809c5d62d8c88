using System.Text.Json;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>The last answers of a site count, once, in whatever order messages arrive; before the site itself is known they wait.</summary>
internal sealed class RescoreWhenSelfAssessmentSubmitted(RiskDb db, Rescore rescore) : IConsumes<SelfAssessmentSubmitted>
{
    public async Task Consume(SelfAssessmentSubmitted happened, CancellationToken stop)
    {
        var given = await db.SelfAssessments.FindAsync([happened.SiteId], stop);
        if (given is null) db.SelfAssessments.Add(given = new SelfAssessment { SiteId = happened.SiteId });
        given.AsOf = happened.AsOf;
        given.Answers = JsonSerializer.Serialize(happened.Answers);
        await rescore.Sites([happened.SiteId], "self_assessment", stop);
    }
}
