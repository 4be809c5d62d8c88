using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Practice;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/mine: everything a supplier has said of itself, and what is still to do.</summary>
internal static class ListMine
{
    public sealed record Response(
        Guid PartyId, string Name, string Country, Profile Profile, IReadOnlyList<SiteLine> Sites, IReadOnlyList<GetParty.LinkLine> Recruiters,
        IReadOnlyList<Asker> Brands, Progress Progress);

    public sealed record Profile(string? LegalName, string? RegistrationNumber, string? ContactRole, bool? EmployerHousing, int Version);

    public sealed record SiteLine(
        Guid Id, string Name, string Address, string Country, string? Province, string? Sector, string Status, bool Confirmed, int Version,
        int? WorkersTotal, DateOnly? WorkersAsOf, IReadOnlyList<Count> Workforce, IReadOnlyDictionary<string, string> Answers, DateOnly? AnswersAsOf, int AnswersVersion);

    public sealed record Count(string Nationality, string Sex, int Workers);

    /// <summary>A brand that has asked to see this supplier's answers.</summary>
    public sealed record Asker(Guid RelationId, string Brand, bool Shared, DateTime? SharingEndedAt);

    /// <summary>Of each task how much is done, and of all of them in percent.</summary>
    public sealed record Progress(bool Profile, bool Sites, int WorkforceDone, int AssessmentDone, int SitesTotal, bool Recruiters, int Percent);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/mine", Handle).WithName(nameof(ListMine)).RequireRoles(Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var id = new PartyId(caller.Party);
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop);
        if (party is null) return TypedResults.NotFound();

        var sites = await db.Sites.AsNoTracking().Where(s => s.PartyId == id).OrderBy(s => s.Name).ToListAsync(stop);
        var ids = sites.Select(s => s.Id).ToList();
        var workforce = (await db.Workforce.AsNoTracking().Where(w => ids.Contains(w.SiteId)).ToListAsync(stop)).ToLookup(w => w.SiteId);
        var assessments = await db.SelfAssessments.AsNoTracking().Where(a => ids.Contains(a.SiteId)).ToDictionaryAsync(a => a.SiteId, stop);
        var links = await GetParty.LinksOf(id, db, stop);
        var askers = await db.Relations.AsNoTracking().Where(r => r.SupplierId == id && r.AskedAt != null && r.Status == "open")
            .Join(db.Parties, r => r.BrandId, p => p.Id, (r, p) => new Asker(r.Id, p.Name, r.SharedAt != null, r.SharingEndedAt)).ToListAsync(stop);

        var lines = sites.Select(s => new SiteLine(
            s.Id.Value, s.Name, s.Address, s.Country, s.Province, s.Sector, s.Status, s.Confirmed, s.Version, s.WorkersTotal, s.WorkersAsOf,
            [.. workforce[s.Id].OrderBy(w => w.Nationality).ThenBy(w => w.Sex).Select(w => new Count(w.Nationality, w.Sex, w.Count))],
            assessments.GetValueOrDefault(s.Id)?.Answers ?? new Dictionary<string, string>(), assessments.GetValueOrDefault(s.Id)?.AsOf,
            assessments.GetValueOrDefault(s.Id)?.Version ?? 0));

        return TypedResults.Ok(new Response(
            id.Value, party.Name, party.Country, new(party.LegalName, party.RegistrationNumber, party.ContactRole, party.EmployerHousing, party.Version),
            [.. lines], links, askers, Done(party, sites, assessments, links, clock.Today)));
    }

    private static Progress Done(Party party, List<Site> all, Dictionary<SiteId, SelfAssessment> assessments, List<GetParty.LinkLine> links, DateOnly today)
    {
        var sites = all.Where(s => s.Status == "active").ToList();
        var counted = sites.Count(s => s.WorkersTotal is not null);
        // An answer that there is no recruiter beside one declared for today is not answered yet: one of the two is old.
        var used = links.Where(l => l.From <= today && (l.To is null || l.To > today)).Select(l => l.SiteId).ToHashSet();
        var answered = sites.Count(s => assessments.GetValueOrDefault(s.Id) is { } a && Questions.Current.Questions.All(q => a.Answers.ContainsKey(q.Code))
            && !(Direct(s) && used.Contains(s.Id.Value)));
        // Using no recruiter is an answer of the assessment; then nothing is left to declare.
        var none = sites.Count > 0 && sites.All(Direct);
        var recruiters = links.Count > 0;
        var hasSites = sites.Count > 0 && sites.All(s => s.Confirmed);
        var parts = new[] { party.LegalName is null ? 0 : 100, hasSites ? 100 : 0, Share(counted), Share(answered), recruiters || none ? 100 : 0 };
        return new(party.LegalName is not null, hasSites, counted, answered, sites.Count, recruiters || none, parts.Sum() / parts.Length);

        bool Direct(Site site) => assessments.GetValueOrDefault(site.Id)?.Answers.GetValueOrDefault("recruitment.channel") == "direct_only";

        int Share(int done) => sites.Count == 0 ? 0 : 100 * done / sites.Count;
    }
}
