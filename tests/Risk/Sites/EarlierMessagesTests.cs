using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests.Sites;

/// <summary>What earlier code wrote is heard and kept by this code.</summary>
public sealed class EarlierMessagesTests(RiskApp app) : IClassFixture<RiskApp>
{
    private static readonly Guid Site = Guid.Parse("0a1b2c3d-0000-4000-8000-000000000003"), Supplier = Guid.Parse("0a1b2c3d-0000-4000-8000-000000000001"), Recruiter = Guid.Parse("0a1b2c3d-0000-4000-8000-000000000008");

    [Fact]
    public async Task Earlier_messages_are_heard_and_what_they_say_is_kept()
    {
        var heard = await RecordedMessages.Replay<Program, RiskDb>(app.Host);

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RiskDb>();
        Assert.Equal(9, heard.Count);
        var party = await db.Parties.SingleAsync(p => p.Id == Supplier, Stop);
        Assert.Equal(("supplier", "Bright Needle Mill", "THA", "active"), (party.Kind, party.Name, party.Country, party.Status));
        Assert.Equal(Guid.Parse("0a1b2c3d-0000-4000-8000-000000000002"), (await db.Owners.SingleAsync(o => o.Id == Supplier, Stop)).OwnerPartyId);
        var site = await db.Sites.SingleAsync(s => s.Id == Site, Stop);
        Assert.Equal((Supplier, "Main hall", "Samut Sakhon", "C10", "ended", new DateOnly(2026, 11, 28), 420, 310), (site.PartyId, site.Name, site.Province, site.Sector, site.Status, site.EndedOn, site.WorkersTotal, site.MigrantWorkers));
        var listing = await db.Listings.SingleAsync(l => l.SiteId == Site, Stop);
        Assert.Equal(("BRIGHT NEEDLE", "THA", "C14", 400), (listing.Name, listing.Country, listing.Sector, listing.Workers));
        var relation = await db.Relations.SingleAsync(r => r.SupplierPartyId == Supplier, Stop);
        Assert.Equal((true, new DateOnly(2026, 11, 20)), (relation.IsOpen, relation.SharedOn));
        var answers = await db.SelfAssessments.SingleAsync(a => a.SiteId == Site, Stop);
        Assert.Equal((new DateOnly(2026, 11, 21), "declined"), (answers.AsOf, answers.Read()["documents_held"]));
        var link = await db.Links.SingleAsync(l => l.SiteId == Site, Stop);
        Assert.Equal((Recruiter, "MMR", new DateOnly(2026, 1, 1), new DateOnly(2026, 10, 31)), (link.RecruiterPartyId, link.OriginCountry, link.From, link.To));
        var status = await db.Accreditations.SingleAsync(a => a.RecruiterPartyId == Recruiter, Stop);
        Assert.Equal(("own-standard", "suspended", new DateOnly(2026, 2, 1), new DateOnly(2029, 1, 31)), (status.SchemeCode, status.Status, status.ValidFrom, status.ValidTo));
        var audit = await db.Audits.SingleAsync(a => a.RecruiterPartyId == Recruiter, Stop);
        Assert.Equal((new DateOnly(2026, 1, 20), "A1", "minor"), (audit.AuditedOn, Assert.Single(audit.Read()).Criterion, Assert.Single(audit.Read()).Grade));
        var signal = await db.Signals.SingleAsync(s => s.SubjectId == Site, Stop);
        Assert.Equal(("site", "documents", "2026-Q3", "some"), (signal.SubjectKind, signal.TopicGroup, signal.Period, signal.Band));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
