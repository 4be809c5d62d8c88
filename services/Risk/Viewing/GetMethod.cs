using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Method;

namespace Recruitment.Risk.Viewing;

/// <summary><c>GET /api/v1/risk/method</c>, anyone of an organisation that scores concern: every weight with its source, and the editions of facts in force.</summary>
internal static class GetMethod
{
    internal sealed record Answer(RiskMethod Method, DateOnly AsOf, string FactsVersion, IReadOnlyList<Publication> Facts);

    internal sealed record Publication(string Publisher, string Source, string Edition, string Licence, DateOnly AsOf, DateOnly RecheckAfter, int Claims);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/method", Handle).WithName("GetRiskMethod").RequireRoles(Roles.BrandAnalyst, Roles.SupplierUser, Roles.SchemeManager, Roles.Administrator);

    private static Ok<Answer> Handle(Ground ground)
    {
        var now = ground.Now;
        return TypedResults.Ok(new Answer(now.Method, now.Edition.AsOf, now.Facts.Version,
        [
            .. now.Facts.All.GroupBy(f => (f.Publisher, f.Source, f.Edition, f.Licence, f.AsOf, f.RecheckAfter))
                .Select(g => new Publication(g.Key.Publisher, g.Key.Source, g.Key.Edition, g.Key.Licence, g.Key.AsOf, g.Key.RecheckAfter, g.Count())),
        ]));
    }
}
