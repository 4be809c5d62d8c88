using System.ComponentModel.DataAnnotations;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/directory: workplaces and agents by a part of their name. Anybody; in the body, for addresses end up in logs.</summary>
internal static class SearchDirectory
{
    /// <summary>Nobody on a borrowed phone waits longer for a list that she can do without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public sealed record Request([property: Required, StringLength(100, MinimumLength = 2)] string Query);

    /// <remarks>FoundAs: the earlier name of the workplace that was found; null where it is the one of now.</remarks>
    public sealed record Entry(string Kind, Guid Id, string Name, string? FoundAs);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/directory", Handle).WithName(nameof(SearchDirectory)).AllowAnonymous();

    private static async Task<Ok<IReadOnlyList<Entry>>> Handle(Request request, SuppliersClient suppliers, CancellationToken stop)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            var found = await suppliers.Search(request.Query, patience.Token);
            return TypedResults.Ok<IReadOnlyList<Entry>>([.. found.Take(8).Select(e => new Entry(e.Kind, e.Id, e.Name, e.FoundAs))]);
        }
        catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // A worker goes on with the name she wrote; a directory that is away, or too slow, must not stop her.
            return TypedResults.Ok<IReadOnlyList<Entry>>([]);
        }
    }
}
