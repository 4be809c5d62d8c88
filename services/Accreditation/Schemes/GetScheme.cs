using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Schemes;

/// <summary>GET /scheme: the standard new applications begin with, for everyone who works with it.</summary>
internal static class GetScheme
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/scheme", Handle).WithName(nameof(GetScheme))
            .RequireRoles(Roles.RecruiterUser, Roles.Auditor, Roles.DecisionMaker, Roles.SchemeManager, Roles.Administrator);

    private static Ok<Scheme> Handle(SchemeCatalogue catalogue) => TypedResults.Ok(catalogue.Current);
}
