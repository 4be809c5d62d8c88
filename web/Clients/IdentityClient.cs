using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>The identity service, as the signed-in administrator.</summary>
public sealed class IdentityClient(HttpClient http)
{
    public sealed record Person(Guid Id, string Email, IReadOnlyList<Role> Roles);

    public sealed record Role(Guid MembershipId, Guid PartyId, string Kind, string Name, DateOnly From, DateOnly? To);

    public sealed record Invitation(string Link, DateTime ExpiresAt);

    public sealed record PeoplePage(IReadOnlyList<Person> Items, Guid? Next);

    private sealed record Clock(DateOnly Today);

    /// <param name="cursor">The end of the page before; one that is no cursor begins again.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public async Task<PeoplePage> People(Guid? cursor, CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri($"api/v1/identity/people{(cursor is null ? "" : $"?cursor={cursor}")}", UriKind.Relative), stop);
        if (answer.StatusCode == HttpStatusCode.BadRequest && cursor is not null) return await People(null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<PeoplePage>(stop))!;
    }

    /// <summary>E-mail addresses by person, of all pages.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Emails(CancellationToken stop)
    {
        var emails = new Dictionary<Guid, string>();
        Guid? cursor = null;
        do
        {
            var page = await People(cursor, stop);
            foreach (var person in page.Items) emails[person.Id] = person.Email;
            cursor = page.Next;
        }
        while (cursor is not null);
        return emails;
    }

    /// <summary>E-mail addresses of whoever acts or acted for the reader's own organisation, by person.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> OwnEmails(CancellationToken stop)
    {
        var emails = new Dictionary<Guid, string>();
        Guid? cursor = null;
        do
        {
            var page = (await http.GetFromJsonAsync<OwnPage>(new Uri($"api/v1/identity/people/mine{(cursor is null ? "" : $"?cursor={cursor}")}", UriKind.Relative), stop))!;
            foreach (var person in page.Items) emails[person.Id] = person.Email;
            cursor = page.Next;
        }
        while (cursor is not null);
        return emails;
    }

    private sealed record OwnPerson(Guid Id, string Email);

    private sealed record OwnPage(IReadOnlyList<OwnPerson> Items, Guid? Next);

    /// <summary>Null when ended, else the sentence that says why not.</summary>
    public async Task<string?> End(Guid person, Guid membership, CancellationToken stop)
    {
        using var answer = await http.PostAsync(new Uri($"api/v1/identity/people/{person}/memberships/{membership}/end", UriKind.Relative), null, stop);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound) return await Detail(answer, stop);
        answer.EnsureSuccessStatusCode();
        return null;
    }

    /// <summary>Gives an ended role back to the same account. Null when given, else the sentence that says why not.</summary>
    public async Task<string?> GiveBack(Guid person, Guid membership, CancellationToken stop)
    {
        using var answer = await http.PostAsync(new Uri($"api/v1/identity/people/{person}/memberships/{membership}/again", UriKind.Relative), null, stop);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.BadRequest) return await Detail(answer, stop);
        answer.EnsureSuccessStatusCode();
        return null;
    }

    /// <summary>The link, or the sentence that says why there is none.</summary>
    public async Task<(Invitation? Made, string? Refusal)> Invite(Guid party, string kind, string role, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("api/v1/identity/invitations", UriKind.Relative), new { partyId = party, kind, role }, stop);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.BadRequest) return (null, await Detail(answer, stop));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Invitation>(stop), null);
    }

    /// <summary>The day of the demonstration; null in operation.</summary>
    public async Task<DateOnly?> Today(CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri("api/v1/identity/demonstration/clock", UriKind.Relative), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Clock>(stop))!.Today;
    }

    /// <summary>Null when moved, else the sentence that says why not.</summary>
    public async Task<string?> MoveClock(DateOnly to, CancellationToken stop)
    {
        var day = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var answer = await http.PostAsJsonAsync(new Uri("api/v1/identity/demonstration/clock", UriKind.Relative), new { to = day }, stop);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.BadRequest) return await Detail(answer, stop);
        answer.EnsureSuccessStatusCode();
        return null;
    }

    private static async Task<string> Detail(HttpResponseMessage answer, CancellationToken stop) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("detail").GetString()!;
}
