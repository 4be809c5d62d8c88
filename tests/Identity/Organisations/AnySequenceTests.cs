using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tests.Organisations;

/// <summary>Whatever people do one after the other, and whoever of them does it: what must never be, is not.</summary>
public sealed class AnySequenceTests(Offices offices) : IClassFixture<Offices>
{
    private static readonly string[] Roles = ["supplier_user", "owner", "case_handler", "protection_officer", "scheme_manager", "administrator"];

    /// <summary>What, who does it, to whom, in which organisation, and which role it is about.</summary>
    private sealed record Step(int What, int Who, int Whom, int Where, int Role);

    private static readonly Gen<Step[]> Sequences = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 2], Gen.Int[0, 5], (what, who, whom, where, role) => new Step(what, who, whom, where, role)).Array[25];

    [Fact]
    public async Task No_sequence_gives_what_excludes_each_other_or_leaves_members_without_an_owner_or_the_operator_without_an_administrator()
    {
        await Sequences.SampleAsync(async steps =>
        {
            // Its own two organisations; the operator as the sequence before left it.
            Guid[] parties = [Offices.Operator, (await offices.Owner()).Party, (await offices.Owner()).Party];
            var done = new List<string>();
            foreach (var step in steps)
            {
                done.Add(await Do(step, parties));
                await MustHold(parties, done);
            }
        }, iter: 8, threads: 1);
    }

    private async Task<string> Do(Step step, Guid[] parties)
    {
        var party = parties[step.Where];
        var people = await offices.With(db => db.People.Include(p => p.Memberships).Where(p => p.Memberships.Any(m => parties.Contains(m.PartyId))).OrderBy(p => p.Id).ToListAsync());
        var (who, whom, role) = (people[step.Who % people.Count], people[step.Whom % people.Count], Roles[step.Role]);
        var open = who.Memberships.Where(m => m.IsOpen).ToList();
        if (open.Count == 0) return "nobody";
        using var client = offices.As(new(who.Id, who.Email!, open[0].PartyId, open[0].Kind, [.. open.Select(m => m.Role)]));
        var at = $"api/v1/identity/organisations/{party}";
        var theirs = whom.Memberships.Where(m => m.PartyId == party).OrderBy(m => m.Id).ToList();
        var one = theirs.Count == 0 ? Guid.CreateVersion7() : theirs[step.Role % theirs.Count].Id;
        using var answer = step.What switch
        {
            0 or 1 => await InviteAndJoin(client, at, party, role),
            2 => await client.PostAsJsonAsync($"{at}/people/{whom.Id}/roles", new { role }),
            3 => await client.PostAsync($"{at}/people/{whom.Id}/roles/{one}/end", null),
            4 => await client.PostAsync($"{at}/people/{whom.Id}/roles/{one}/again", null),
            5 => await client.PostAsync($"{at}/people/{whom.Id}/departure", null),
            6 => await client.PostAsJsonAsync($"{at}/transfers", new { to = whom.Id, giver = OwnershipOf(step) }),
            7 => await AcceptAny(client),
            8 => await client.PostAsJsonAsync("api/v1/identity/role-requests", new { role, personId = whom.Id }),
            _ => await DecideAny(client),
        };
        Assert.True((int)answer.StatusCode < 500, $"{step} answered {answer.StatusCode}");
        return $"{step}: {(int)answer.StatusCode}";
    }

    private async Task<HttpResponseMessage> InviteAndJoin(HttpClient client, string at, Guid party, string role)
    {
        var invited = await client.PostAsJsonAsync($"{at}/invitations", new { role });
        if (!invited.IsSuccessStatusCode) return invited;
        // As the page does it, without its form and the slow hash of a password.
        await offices.With(async db =>
        {
            var link = await db.Links.OrderByDescending(l => l.Id).FirstAsync(l => l.PartyId == party && l.UsedAt == null);
            await using var together = await Members.Begin(db, CancellationToken.None);
            if (!await Identity.RoleRequests.FourEyes.Stands(db, link, Now, CancellationToken.None)) return false;
            var email = $"n{Guid.CreateVersion7():N}@office.example";
            var person = Person.New(email);
            (person.NormalizedEmail, person.NormalizedUserName) = (email.ToUpperInvariant(), email.ToUpperInvariant());
            link.Use(Now);
            await Members.Join(db, person, link.PartyId, link.Kind, link.Role, Now, null, CancellationToken.None);
            db.People.Add(person);
            await db.SaveChangesAsync();
            await together!.CommitAsync();
            return true;
        });
        return invited;
    }

    private static async Task<HttpResponseMessage> AcceptAny(HttpClient client)
    {
        var offered = (await client.GetFromJsonAsync<JsonElement>("api/v1/identity/transfers")).GetProperty("items").EnumerateArray().FirstOrDefault(t => !t.GetProperty("isMine").GetBoolean());
        return await client.PostAsJsonAsync($"api/v1/identity/transfers/{(offered.ValueKind == JsonValueKind.Undefined ? Guid.Empty : offered.GetProperty("id").GetGuid())}/answer", new { answer = "accept" });
    }

    private static async Task<HttpResponseMessage> DecideAny(HttpClient client)
    {
        using var listed = await client.GetAsync("api/v1/identity/role-requests");
        var asked = listed.IsSuccessStatusCode ? (await listed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().FirstOrDefault() : default;
        return await client.PostAsJsonAsync($"api/v1/identity/role-requests/{(asked.ValueKind == JsonValueKind.Undefined ? Guid.Empty : asked.GetProperty("id").GetGuid())}/decision", new { agree = true });
    }

    private async Task MustHold(Guid[] parties, List<string> done)
    {
        var open = await offices.With(db => db.Memberships.Open(Now).Where(m => parties.Contains(m.PartyId)).ToListAsync());
        var said = string.Join('\n', done);
        foreach (var party in parties.Where(p => open.Any(m => m.PartyId == p))) Assert.True(open.Any(m => m.PartyId == party && m.Role == "owner"), said);
        Assert.True(open.Any(m => m.Role == "administrator"), said);
        foreach (var person in open.GroupBy(m => m.PersonId))
        {
            var roles = person.Select(m => m.Role).ToHashSet();
            Assert.False(person.Any(m => m.Kind == "operator") && person.Any(m => m.Kind != "operator"), said);
            Assert.False((roles.Contains("case_handler") || roles.Contains("protection_officer")) && (roles.Contains("administrator") || roles.Contains("scheme_manager")), said);
            Assert.Equal(person.Count(), person.Select(m => (m.PartyId, m.Role)).Distinct().Count());
        }
    }

    private static string OwnershipOf(Step step) => new[] { "stays_owner", "stays_member", "leaves" }[step.Role % 3];

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;
}
