using System.Net;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>What the identity service answers about one organisation's people, as one of its owners, and about offers of ownership.</summary>
public sealed class OrganisationClient(HttpClient http)
{
    public sealed record Organisation(Guid PartyId, string Kind, string Claim, IReadOnlyList<string> Roles, int Owners, int People, Guid? ReviewId, DateOnly? ReviewDueOn);

    public sealed record Person(Guid Id, string Email, IReadOnlyList<Role> Roles);

    public sealed record Role(Guid MembershipId, string Name, DateOnly From, DateOnly? To, bool IsOpen);

    public sealed record Invitation(Guid Id, string Role, string? Email, DateTime ExpiresAt, DateOnly? Until);

    public sealed record Transfer(Guid Id, Guid PartyId, bool IsMine, string Other, string Giver, DateTime ExpiresAt);

    public sealed record ReviewOf(Guid Id, DateOnly OpenedOn, DateOnly DueOn, DateTime? ClosedAt);

    public sealed record Review(Guid Id, DateOnly OpenedOn, DateOnly DueOn, DateTime? ClosedAt, IReadOnlyList<Line> Lines);

    public sealed record Line(Guid Id, string Who, bool IsProgram, string Role, string? Decision, string DecidedBy, DateTime? DecidedAt, bool MayDecide, bool MakerHasLeft);

    /// <summary>Why something was not done: the code of the problem, and its sentence in English.</summary>
    public sealed record Refusal(string Code, string Sentence);

    private sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);

    public Task<Organisation> Get(Guid party, CancellationToken stop) => Read<Organisation>($"organisations/{party}", stop);

    public Task<IReadOnlyList<Person>> People(Guid party, CancellationToken stop) => All<Person>($"organisations/{party}/people", stop);

    public Task<IReadOnlyList<Invitation>> Invitations(Guid party, CancellationToken stop) => All<Invitation>($"organisations/{party}/invitations", stop);

    public Task<IReadOnlyList<Transfer>> Transfers(CancellationToken stop) => All<Transfer>("transfers", stop);

    public Task<IReadOnlyList<ReviewOf>> Reviews(Guid party, CancellationToken stop) => All<ReviewOf>($"organisations/{party}/reviews", stop);

    public Task<Review> GetReview(Guid party, Guid review, CancellationToken stop) => Read<Review>($"organisations/{party}/reviews/{review}", stop);

    /// <summary>The link below this site, or why there is none.</summary>
    public async Task<(string? Link, Refusal? Refusal)> Invite(Guid party, string role, string? email, DateOnly? until, Once once, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(once);
        using var answer = await once.Send(http, HttpMethod.Post, At($"organisations/{party}/invitations"), new { role, email, until }, stop);
        if (await Refused(answer, stop) is { } refusal) return (null, refusal);
        return ((await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("link").GetString(), null);
    }

    public Task<Refusal?> Withdraw(Guid party, Guid invitation, CancellationToken stop) => Change(HttpMethod.Delete, $"organisations/{party}/invitations/{invitation}", null, null, stop);

    public Task<Refusal?> GiveRole(Guid party, Guid person, string role, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/people/{person}/roles", new { role }, null, stop);

    public Task<Refusal?> EndRole(Guid party, Guid person, Guid membership, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/people/{person}/roles/{membership}/end", null, null, stop);

    public Task<Refusal?> GiveBack(Guid party, Guid person, Guid membership, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/people/{person}/roles/{membership}/again", null, null, stop);

    public Task<Refusal?> Depart(Guid party, Guid person, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/people/{person}/departure", null, null, stop);

    public Task<Refusal?> Offer(Guid party, Guid to, string giver, Once once, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/transfers", new { to, giver }, once, stop);

    public Task<Refusal?> Answer(Guid transfer, string answer, CancellationToken stop) => Change(HttpMethod.Post, $"transfers/{transfer}/answer", new { answer }, null, stop);

    public Task<Refusal?> BeginReview(Guid party, Once once, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/reviews", null, once, stop);

    public Task<Refusal?> Decide(Guid party, Guid review, Guid line, string decision, CancellationToken stop) => Change(HttpMethod.Post, $"organisations/{party}/reviews/{review}/lines/{line}", new { decision }, null, stop);

    /// <summary>The table of a finished review; null when it is not finished or not there.</summary>
    public async Task<byte[]?> Export(Guid party, Guid review, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"organisations/{party}/reviews/{review}/export"), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(stop);
    }

    private async Task<Refusal?> Change(HttpMethod how, string where, object? body, Once? once, CancellationToken stop)
    {
        using var answer = await (once ?? new Once()).Send(http, how, At(where), body, stop);
        return await Refused(answer, stop);
    }

    /// <summary>Why a request was refused; null when it was not.</summary>
    internal static async Task<Refusal?> Refused(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.PreconditionFailed))
        {
            answer.EnsureSuccessStatusCode();
            return null;
        }
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        string Text(string name) => problem.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
        var code = Text("type");
        return new(code[(code.LastIndexOf(':') + 1)..], Once.Sentence(answer.StatusCode, code) ?? Text("detail"));
    }

    private async Task<IReadOnlyList<T>> All<T>(string path, CancellationToken stop)
    {
        var all = new List<T>();
        Guid? cursor = null;
        do
        {
            var page = await Read<Page<T>>(cursor is null ? path : $"{path}?cursor={cursor}", stop);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private async Task<T> Read<T>(string path, CancellationToken stop) => (await http.GetFromJsonAsync<T>(At(path), stop))!;

    private static Uri At(string path) => new($"api/v1/identity/{path}", UriKind.Relative);
}
