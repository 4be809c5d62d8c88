using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Identity.Reviews;
using Recruitment.Identity.Tests.Organisations;

namespace Recruitment.Identity.Tests.Reviews;

public sealed class AccessReviewTests(Offices offices) : IClassFixture<Offices>
{
    [Fact]
    public async Task A_year_after_its_first_member_or_its_last_review_an_organisation_has_one_to_do_and_not_before()
    {
        var (old, young) = (await offices.Owner(), await offices.Owner());
        await offices.With(db => db.Memberships.Where(m => m.PartyId == old.Party).ExecuteUpdateAsync(set => set.SetProperty(m => m.From, Days(-366))));

        await OpenWhatIsDue();
        await OpenWhatIsDue();

        var opened = Assert.Single(await offices.With(db => db.Reviews.Include(r => r.Lines).Where(r => r.PartyId == old.Party || r.PartyId == young.Party).ToListAsync()));
        Assert.Equal((old.Party, 2), (opened.PartyId, opened.Lines.Count));

        await offices.With(db => db.Reviews.Where(r => r.Id == opened.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.OpenedAt, Days(-366)).SetProperty(r => r.ClosedAt, Days(-360))));
        await OpenWhatIsDue();
        Assert.Equal(2, await offices.With(db => db.Reviews.CountAsync(r => r.PartyId == old.Party)));
    }

    [Fact]
    public async Task Each_line_is_decided_by_another_owner_what_is_ended_ends_and_the_finished_review_is_a_table()
    {
        var (first, second) = await Two();
        var member = await offices.Person(first.Party, "supplier", "supplier_user");
        var gone = await offices.Person(first.Party, "supplier", "supplier_user");
        using var one = offices.As(first);
        using var other = offices.As(second);
        var review = await Begin(one, first.Party);
        Assert.Equal(review, await Begin(other, first.Party));
        await one.PostAsync($"api/v1/identity/organisations/{first.Party}/people/{gone.Id}/departure", null);
        Assert.Equal(HttpStatusCode.NotFound, (await one.GetAsync($"{At(first.Party, review)}/export")).StatusCode);

        foreach (var line in await Lines(one, first.Party, review))
        {
            var who = line.GetProperty("who").GetString();
            if (who == gone.Email) continue;
            if (who == first.Email) await Offices.Refused("not-about-yourself", await Decide(one, first.Party, review, line, "end"));
            Assert.Equal(HttpStatusCode.NoContent, (await Decide(who == first.Email ? other : one, first.Party, review, line, who == member.Email ? "end" : "keep")).StatusCode);
        }

        Assert.Empty(await offices.RolesOf(member.Id));
        Assert.Equal(["owner", "supplier_user"], await offices.RolesOf(second.Id));
        await Offices.Refused("review-over", await Decide(one, first.Party, review, (await Lines(one, first.Party, review))[0], "end"));
        var table = await one.GetStringAsync($"{At(first.Party, review)}/export");
        Assert.Contains($"{member.Email},supplier_user,end,{first.Email},", table, StringComparison.Ordinal);
        Assert.Contains($"{first.Email},owner,keep,{second.Email},", table, StringComparison.Ordinal);
        Assert.Contains($"{gone.Email},supplier_user,ended_before,,", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_owner_decides_about_himself_as_well_and_stays_and_a_program_that_is_ended_gets_no_token()
    {
        var kestrel = new Guid("11111111-0000-4000-8000-000000000006");
        var ben = await offices.With(db => db.People.SingleAsync(p => p.Email == "ben@kestrel-row.example"));
        using var owner = offices.As(new(ben.Id, ben.Email!, kestrel, "brand", ["brand_analyst", "owner"]));
        var review = await Begin(owner, kestrel);
        var lines = await Lines(owner, kestrel, review);
        var program = lines.Single(l => l.GetProperty("who").GetString() == "demo-brand_analyst-2");
        Assert.True((await offices.TokenOf("demo-brand_analyst-2")).TryGetProperty("access_token", out _));

        Assert.Equal(HttpStatusCode.NoContent, (await Decide(owner, kestrel, review, program, "end")).StatusCode);
        await Offices.Refused("last-owner", await Decide(owner, kestrel, review, lines.Single(l => l.GetProperty("role").GetString() == "owner" && !l.GetProperty("isProgram").GetBoolean()), "end"));

        Assert.False((await offices.TokenOf("demo-brand_analyst-2")).TryGetProperty("access_token", out _));
        Assert.Contains("owner", await offices.RolesOf(ben.Id));
        await Offices.Refused("ended-already", await Decide(owner, kestrel, review, program, "keep"));
        // Its row stays as a record, and the next review does not ask about it.
        Assert.NotNull((await offices.With(db => db.Machines.SingleAsync(m => m.ClientId == "demo-brand_analyst-2"))).EndedAt);
        await Decide(owner, kestrel, review, lines.Single(l => l.GetProperty("role").GetString() == "owner" && !l.GetProperty("isProgram").GetBoolean()), "keep");
        foreach (var line in (await Lines(owner, kestrel, review)).Where(l => l.GetProperty("decision").ValueKind == JsonValueKind.Null)) await Decide(owner, kestrel, review, line, "keep");
        Assert.DoesNotContain(await Lines(owner, kestrel, await Begin(owner, kestrel)), l => l.GetProperty("who").GetString() == "demo-brand_analyst-2");
    }

    [Fact]
    public async Task A_review_that_is_late_is_seen_by_the_operators_administrator()
    {
        var (first, _) = await Two();
        using var owner = offices.As(first);
        using var administrator = offices.As((await offices.Administrators(1))[0]);
        var review = await Begin(owner, first.Party);
        Assert.DoesNotContain(review.ToString(), await administrator.GetStringAsync("api/v1/identity/overdue-reviews"), StringComparison.Ordinal);

        await offices.With(db => db.Reviews.Where(r => r.Id == review).ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, Days(-1))));

        Assert.Contains(review.ToString(), await administrator.GetStringAsync("api/v1/identity/overdue-reviews"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetAsync("api/v1/identity/overdue-reviews")).StatusCode);
    }

    private static DateTime Days(int days) => TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days);

    private async Task<(Offices.Someone First, Offices.Someone Second)> Two()
    {
        var first = await offices.Owner();
        return (first, await offices.Owner(party: first.Party));
    }

    private Task<bool> OpenWhatIsDue() => offices.With(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await ActivatorUtilities.CreateInstance<OpenReviews>(offices.Services, db).Do("", CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    });

    private static async Task<Guid> Begin(HttpClient owner, Guid party)
    {
        using var begun = await owner.PostAsync($"api/v1/identity/organisations/{party}/reviews", null);
        return (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static string At(Guid party, Guid review) => $"api/v1/identity/organisations/{party}/reviews/{review}";

    private static async Task<List<JsonElement>> Lines(HttpClient owner, Guid party, Guid review) => [.. (await owner.GetFromJsonAsync<JsonElement>(At(party, review))).GetProperty("lines").EnumerateArray()];

    private static Task<HttpResponseMessage> Decide(HttpClient owner, Guid party, Guid review, JsonElement line, string decision) =>
        owner.PostAsJsonAsync($"{At(party, review)}/lines/{line.GetProperty("id").GetGuid()}", new { decision });
}
