using System.Net;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>What the operator's administrators decide about who gets in: roles that two give together, and who answers for an organisation.</summary>
public sealed class OversightClient(HttpClient http)
{
    public sealed record Requests(bool IsAlone, IReadOnlyList<Request> Items, Guid? Next);

    public sealed record Request(Guid Id, string Role, string For, string AskedBy, string State, DateTime ExpiresAt, bool MayDecide, bool MayTakeLink);

    public sealed record Claims(IReadOnlyList<Claim> Items, Guid? Next);

    public sealed record Claim(Guid PartyId, string Kind, string State, IReadOnlyList<string> People, DateOnly Since, string Basis, string Note, DateOnly? DecidedOn, int Version);

    public sealed record Overdue(IReadOnlyList<OverdueReview> Items, Guid? Next);

    public sealed record OverdueReview(Guid Id, Guid PartyId, DateOnly DueOn);

    public sealed record Recoveries(IReadOnlyList<Recovery> Items, Guid? Next);

    public sealed record Recovery(Guid Id, Guid PersonId, string Email, DateTime AskedAt, DateTime ReadyAt, int Approvals, bool IsOpen, string? EndedBecause, int Version);

    public async Task<Requests> RoleRequests(Guid? cursor, CancellationToken stop) => (await http.GetFromJsonAsync<Requests>(At("role-requests", cursor), stop))!;

    public async Task<Claims> PendingClaims(Guid? cursor, CancellationToken stop) => (await http.GetFromJsonAsync<Claims>(At("claims", cursor), stop))!;

    public async Task<Overdue> OverdueReviews(CancellationToken stop) => (await http.GetFromJsonAsync<Overdue>(At("overdue-reviews", null), stop))!;

    public async Task<Recoveries> AskedRecoveries(Guid? cursor, CancellationToken stop) => (await http.GetFromJsonAsync<Recoveries>(At("recoveries", cursor), stop))!;

    /// <summary>Null when it is done, else the sentence that says why not.</summary>
    public Task<string?> Answer(Guid recovery, bool approve, Once once, CancellationToken stop) => Send($"recoveries/{recovery}/{(approve ? "approve" : "refusal")}", null, once, stop);

    /// <summary>Null when asked, else the sentence that says why not.</summary>
    public Task<string?> Ask(string role, Guid? personId, string? email, Once once, CancellationToken stop) => Send("role-requests", new { role, personId, email }, once, stop);

    public Task<string?> Decide(Guid request, bool agree, CancellationToken stop) => Send($"role-requests/{request}/decision", new { agree }, new Once(), stop);

    /// <summary>Null when decided, else the sentence that says why not.</summary>
    public Task<string?> Verify(Guid party, string outcome, string basis, string? note, Once once, CancellationToken stop) => Send($"claims/{party}/decision", new { outcome, basis, note }, once, stop);

    public async Task<(string? Link, string? Refusal)> TakeLink(Guid request, CancellationToken stop)
    {
        using var answer = await http.PostAsync(At($"role-requests/{request}/link", null), null, stop);
        return await Refusal(answer, stop) is { } refusal ? (null, refusal) : ((await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("link").GetString(), null);
    }

    private async Task<string?> Send(string path, object? body, Once once, CancellationToken stop)
    {
        using var answer = await once.Send(http, HttpMethod.Post, At(path, null), body, stop);
        return await Refusal(answer, stop);
    }

    private static async Task<string?> Refusal(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.PreconditionFailed))
        {
            answer.EnsureSuccessStatusCode();
            return null;
        }
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        return Once.Sentence(answer.StatusCode, problem.TryGetProperty("type", out var type) ? type.GetString() : null) ?? problem.GetProperty("detail").GetString()!;
    }

    private static Uri At(string path, Guid? cursor) => new($"api/v1/identity/{path}{(cursor is null ? "" : $"?cursor={cursor}")}", UriKind.Relative);
}
