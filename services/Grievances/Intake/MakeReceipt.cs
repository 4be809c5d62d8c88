namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/receipts: a fresh code, shown before anything is sent. Nothing is stored. Anybody.</summary>
internal static class MakeReceipt
{
    public sealed record Response(string Receipt);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/receipts", Handle).WithName(nameof(MakeReceipt)).AllowAnonymous();

    private static Ok<Response> Handle() => TypedResults.Ok(new Response(Receipt.New()));
}
