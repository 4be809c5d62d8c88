using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Viewing;

/// <summary><c>GET /api/v1/risk/sites/{id}/inputs</c>, brand or supplier: everything needed to make the score again by hand. Holds no worker voice.</summary>
internal static class GetInputs
{
    internal sealed record Answer(
        string Statement, string MethodVersion, int Edition, DateOnly AsOf, string FactsVersion, SiteInputs Inputs,
        IReadOnlyList<FactAnswer> Facts, IReadOnlyDictionary<string, int> PeerValues, SiteScore Result);

    internal sealed record FactAnswer(string Code, string Iso3, string Subject, string Value, string Publisher, string Source, string Edition, string Licence, DateOnly AsOf, DateOnly RecheckAfter);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/sites/{id:guid}/inputs", Handle).WithName("GetRiskInputs").Audited().RequireRoles(Roles.BrandAnalyst, Roles.SupplierUser);

    private static async Task<Results<Ok<Answer>, NotFound>> Handle(Guid id, RiskDb db, Viewer viewer, ReadView view, Ground ground, CancellationToken stop)
    {
        await using var moment = await db.AsOfOneMoment(stop);
        if (await viewer.Site(id, stop) is not { } site) return TypedResults.NotFound();

        var now = ground.Now;
        var (read, score) = (await view.Of([site], stop))[id];
        var facts = now.Facts.All.Where(f => (f.Iso3 == read.Country && now.Method.Facts.ContainsKey(f.Code))
            || f.Code.StartsWith("sector.", StringComparison.Ordinal)
            || (f.Iso3 == read.Country && f.Code.StartsWith("tvpra.", StringComparison.Ordinal)));
        var peers = !site.Told ? [] : now.Method.Practice.Select(p => p.Code).Append(now.Method.Recruiters.Code)
            .Select(code => (code, Value: now.Peers.Find(read, code))).Where(p => p.Value is not null).ToDictionary(p => p.code, p => p.Value!.Value);
        return TypedResults.Ok(new Answer(
            now.Method.Statement, now.Method.Version, now.Edition.Number, now.Edition.AsOf, now.Facts.Version, read,
            [.. facts.Select(f => new FactAnswer(f.Code, f.Iso3, f.Subject, f.Value, f.Publisher, f.Source, f.Edition, f.Licence, f.AsOf, f.RecheckAfter))],
            peers, score));
    }
}
