using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Practice;

/// <summary>GET /api/v1/suppliers/questions: the self-assessment as it is asked now.</summary>
internal static class ListQuestions
{
    public sealed record Response(string Version, string AsOf, IReadOnlyList<Line> Questions);

    public sealed record Line(string Code, string Topic, string Text, IReadOnlyList<Choice> Options);

    public sealed record Choice(string Code, string Text);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/questions", Handle).WithName(nameof(ListQuestions)).RequireRoles(Roles.SupplierUser, Roles.BrandAnalyst, Roles.Service);

    private static Ok<Response> Handle() => TypedResults.Ok(new Response(Questions.Current.Version, Questions.Current.AsOf,
        [.. Questions.Current.Questions.Select(q => new Line(q.Code, q.Topic, q.Text, [.. q.Options.Select(o => new Choice(o.Code, o.Text))]))]));
}
