using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Tests;

public sealed class SupplierSideTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_profile_sent_in_part_is_refused_with_what_is_missing_and_takes_nothing_away()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nWhole Robin Mill,TH,1 Robin Road\n");
        var supplier = app.Supplier(await app.Join(SuppliersApp.BrandA, "Whole Robin Mill"));
        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/profile", new { legalName = "Whole Robin Mill Co., Ltd.", registrationNumber = "0105", contactRole = "Human resources", employerHousing = true }));

        using var refused = await supplier.PutAsJsonAsync($"{Base}/mine/profile", new { legalName = "Whole Robin Mill" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var sentence = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
        foreach (var field in new[] { "registrationNumber", "contactRole", "employerHousing" }) Assert.Contains(field, sentence, StringComparison.Ordinal);
        Assert.Equal("0105", (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("profile").GetProperty("registrationNumber").GetString());
    }

    [Fact]
    public async Task An_invitation_lets_one_in_once_and_shares_nothing_before_the_supplier_does()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nOnce Lark Mill,TH\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Once Lark Mill"))!.Value;
        var token = await SuppliersApp.Invite(app.Brand(SuppliersApp.BrandA), party);

        var read = await app.Invitation(token);
        var first = await app.Service.PostAsJsonAsync($"{Base}/invitations/accept", new { token });
        var second = await app.Service.PostAsJsonAsync($"{Base}/invitations/accept", new { token });

        Assert.Equal((party, "supplier", "supplier_user"), (read.GetProperty("partyId").GetGuid(), read.GetProperty("kind").GetString(), read.GetProperty("role").GetString()));
        Assert.Equal(("Once Lark Mill", "Juniper & Slate"), (read.GetProperty("partyName").GetString(), read.GetProperty("invitedBy").GetString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode)); // an answer that was lost can be had again
        Assert.Equal(party, (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("partyId").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.PostAsJsonAsync($"{Base}/invitations/read", new { token })).StatusCode);
        Assert.False(await Shared());
        await app.Share(app.Supplier(party), SuppliersApp.BrandA);
        Assert.True(await Shared());

        async Task<bool> Shared() => (await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("shared").GetBoolean();
    }

    [Fact]
    public async Task An_invitation_that_is_accepted_many_times_at_once_is_accepted()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nHasty Lark Mill,TH\n");
        var token = await SuppliersApp.Invite(app.Brand(SuppliersApp.BrandA), (await app.OnListOf(SuppliersApp.BrandA, "Hasty Lark Mill"))!.Value);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Service.PostAsJsonAsync($"{Base}/invitations/accept", new { token })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_second_brand_gets_no_way_into_a_suppliers_account_but_can_ask_it_to_share()
    {
        const string list = "Name,Country\nGuarded Lark Mill,TH\n";
        await app.Import(SuppliersApp.BrandA, list);
        await app.Import(SuppliersApp.BrandB, list);
        var early = await SuppliersApp.Invite(app.Brand(SuppliersApp.BrandB), (await app.OnListOf(SuppliersApp.BrandB, "Guarded Lark Mill"))!.Value);
        var party = await app.Join(SuppliersApp.BrandA, "Guarded Lark Mill");

        var asked = await (await app.Brand(SuppliersApp.BrandB).PostAsync($"{Base}/{party}/invitations", null)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(JsonValueKind.Null, asked.GetProperty("link").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.PostAsJsonAsync($"{Base}/invitations/accept", new { token = early })).StatusCode);
        var asker = (await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("brands").EnumerateArray().Single(b => !b.GetProperty("shared").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await app.Supplier(party).PostAsync($"{Base}/mine/brands/{asker.GetProperty("relationId").GetGuid()}/share", null)).StatusCode);
        Assert.True((await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("shared").GetBoolean());
    }

    [Fact]
    public async Task A_supplier_ends_its_sharing_and_can_begin_it_again()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nEnding Lark Mill,TH\n");
        var party = await app.Join(SuppliersApp.BrandA, "Ending Lark Mill");
        var (supplier, brand) = (app.Supplier(party), app.Brand(SuppliersApp.BrandA));
        var site = await SuppliersApp.AddSite(supplier, "Ending Lark Annex");
        var share = $"{Base}/mine/brands/{(await Asker()).GetProperty("relationId").GetGuid()}/share";
        Assert.Equal(HttpStatusCode.OK, (await brand.GetAsync($"{Base}/sites/{site}")).StatusCode);

        var stranger = await app.Supplier(await app.NewSupplier("Stranger Lark Mill")).DeleteAsync(share);
        var ended = await supplier.DeleteAsync(share);
        var again = await supplier.DeleteAsync(share);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NoContent, HttpStatusCode.NoContent), (stranger.StatusCode, ended.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await brand.GetAsync($"{Base}/sites/{site}")).StatusCode);
        var seen = await brand.GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}");
        Assert.False(seen.GetProperty("shared").GetBoolean());
        Assert.Equal(seen.GetProperty("sharingEndedAt").GetDateTime(), (await Asker()).GetProperty("sharingEndedAt").GetDateTime());
        var last = (await app.Host.Published<SupplyRelationChanged, SuppliersDb>()).Where(r => r.SupplierPartyId == party).MaxBy(r => r.Sequence)!;
        Assert.Equal(("open", (DateOnly?)null), (last.Status, last.SharedOn));

        Assert.Equal(HttpStatusCode.NoContent, (await supplier.PostAsync(share, null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await brand.GetAsync($"{Base}/sites/{site}")).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await Asker()).GetProperty("sharingEndedAt").ValueKind);

        async Task<JsonElement> Asker() => (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("brands")[0];
    }

    [Fact]
    public async Task A_supplier_reaches_a_hundred_percent_and_each_step_is_an_event_with_a_growing_sequence()
    {
        var supplier = app.Supplier(await app.NewSupplier("Steady Robin Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Steady Robin Hall");
        Assert.Equal(20, await Percent());

        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/profile", new { legalName = "Steady Robin Mill Co., Ltd.", registrationNumber = "0105", contactRole = "Human resources", employerHousing = true }));
        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2026-01-31", counts = new[] { new { nationality = "Myanmar", sex = "female", workers = 60 } } }));
        var questions = await supplier.GetFromJsonAsync<JsonElement>($"{Base}/questions");
        var answers = questions.GetProperty("questions").EnumerateArray().ToDictionary(q => q.GetProperty("code").GetString()!, _ => "declined");
        answers["fees.payer"] = "employer_all";
        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = questions.GetProperty("version").GetString(), answers }));
        await Ok(supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = "Paper Boat Staffing", recruiterCountry = "Myanmar", originCountry = "MMR", from = "2026-01-01" }));

        Assert.Equal(100, await Percent());
        var states = (await app.Host.Published<SiteChanged, SuppliersDb>()).Where(s => s.SiteId == site).Select(s => s.Sequence).ToList();
        Assert.Equal([1L, 2L], states);
        var link = Assert.Single(await app.Host.Published<RecruiterDeclared, SuppliersDb>(), l => l.SiteId == site);
        Assert.Equal(("MMR", (DateOnly?)null), (link.OriginCountry, link.To));
        Assert.Contains(await app.Host.Published<PartyChanged, SuppliersDb>(), p => p.PartyId == link.RecruiterPartyId && p.Kind == "recruiter");
        var assessed = Assert.Single(await app.Host.Published<SelfAssessmentSubmitted, SuppliersDb>(), a => a.SiteId == site);
        Assert.Contains(assessed.Answers, a => a is { Question: "fees.payer", Answer: "employer_all" });

        await Ok(supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link.LinkId}/end", new { to = "2026-06-30" }));
        Assert.Contains(await app.Host.Published<RecruiterDeclared, SuppliersDb>(), l => l.LinkId == link.LinkId && l.Sequence == 2 && l.To == new DateOnly(2026, 6, 30));

        async Task<int> Percent() => (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("progress").GetProperty("percent").GetInt32();
    }

    [Fact]
    public async Task Practice_is_not_answered_while_it_denies_a_recruiter_that_is_declared()
    {
        var supplier = app.Supplier(await app.NewSupplier("Denying Robin Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Denying Robin Hall");
        var questions = await supplier.GetFromJsonAsync<JsonElement>($"{Base}/questions");
        var answers = questions.GetProperty("questions").EnumerateArray().ToDictionary(q => q.GetProperty("code").GetString()!, _ => "declined");
        answers["recruitment.channel"] = "direct_only";
        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = questions.GetProperty("version").GetString(), answers }));
        var before = await Answered();

        var declared = await supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = "Denied Staffing", recruiterCountry = "MM", originCountry = "MM", from = "2026-01-01" });
        var link = (await declared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var between = await Answered();
        await Ok(supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link}/end", new { to = "2026-01-02" }));

        Assert.Equal((1, 0, 1), (before, between, await Answered()));

        async Task<int> Answered() => (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("progress").GetProperty("assessmentDone").GetInt32();
    }

    [Fact]
    public async Task A_recruiter_declared_by_name_can_be_invited_by_the_supplier_that_declared_it()
    {
        var supplier = app.Supplier(await app.NewSupplier("Inviting Robin Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Inviting Robin Hall");
        var declared = await supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = "Kite String Staffing", recruiterCountry = "KH", originCountry = "KH", from = "2026-01-01" });
        var recruiter = (await declared.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("recruiterId").GetGuid();

        var token = await SuppliersApp.Invite(supplier, recruiter);

        Assert.Equal("recruiter_user", (await app.Invitation(token)).GetProperty("role").GetString());
    }

    [Fact]
    public async Task An_unknown_answer_country_or_a_count_given_twice_is_a_problem()
    {
        var supplier = app.Supplier(await app.NewSupplier("Wrong Robin Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Wrong Robin Hall");
        var twice = new { nationality = "MM", sex = "male", workers = 1 };

        await Bad(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = "2026-1", answers = new Dictionary<string, string> { ["fees.payer"] = "nobody" } }), "unknown-answer");
        await Bad(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = "1999", answers = new { } }), "old-questions");
        await Bad(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2026-01-01", counts = new[] { twice, twice } }), "counted-twice");
        await Bad(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2569-01-01", counts = new[] { twice } }), "day-in-future");
        await Bad(supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = "A", address = "B", country = "Atlantis" }), "unknown-country");
    }

    [Fact]
    public async Task A_site_renamed_by_its_supplier_is_still_found_by_the_old_list()
    {
        const string list = "Name,Country,Address\nRenamed Dove Mill,TH,1 Dove Road\n";
        await app.Import(SuppliersApp.BrandA, list);
        var supplier = app.Supplier(await app.Join(SuppliersApp.BrandA, "Renamed Dove Mill"));
        var site = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        await Ok(supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Dove Weaving Hall", address = "1 Dove Road", country = "TH" }));

        var again = await app.Import(SuppliersApp.BrandA, list);

        Assert.Equal(0, again.GetProperty("added").GetInt32());
        using var answer = await app.Service.PostAsJsonAsync($"{Base}/directory", new { name = "dove weav" });
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(site, found[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_recruiter_is_found_by_the_name_it_has_now()
    {
        var recruiter = Guid.CreateVersion7();
        await app.Register(recruiter, "recruiter", "Former Petrel Agency");
        await app.Register(recruiter, "recruiter", "Present Kittiwake Staffing");

        Assert.Contains(recruiter, await Found("kittiwake staff"));
        Assert.DoesNotContain(recruiter, await Found("former petrel"));

        async Task<IEnumerable<Guid>> Found(string name)
        {
            using var answer = await app.Service.PostAsJsonAsync($"{Base}/directory", new { name });
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(e => e.GetProperty("id").GetGuid()).ToList();
        }
    }

    [Fact]
    public async Task A_recruiter_declared_by_two_people_at_once_is_one_link()
    {
        var supplier = await app.NewSupplier("Racing Dunlin Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(supplier), "Racing Dunlin Hall");
        var recruiter = Guid.CreateVersion7();
        await app.Register(recruiter, "recruiter", "Racing Dunlin Agency");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            app.Supplier(supplier).PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterId = recruiter, originCountry = "MM", from = "2026-01-01" })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed }));
    }

    [Fact]
    public async Task The_group_of_a_party_is_everyone_under_the_same_owner()
    {
        var (top, left, right, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.Register(top, "supplier", "Tall Swift Holding");
        await app.Register(left, "supplier", "Left Swift Mill", top);
        await app.Register(right, "recruiter", "Right Swift Staffing", top);
        await app.Register(other, "supplier", "Other Swift Mill");

        var group = await app.Service.GetFromJsonAsync<JsonElement>($"{Base}/parties/{left}/group");

        Assert.Equal(new[] { top, left, right }.Order(), group.GetProperty("partyIds").EnumerateArray().Select(p => p.GetGuid()).Order());
    }

    [Fact]
    public void Both_databases_have_migrations_for_the_whole_model()
    {
        using var sqlite = new SqliteSuppliersDb(new DbContextOptionsBuilder<SqliteSuppliersDb>().UseSqlite("Data Source=:memory:").Options);
        using var postgres = new PostgresSuppliersDb(new DbContextOptionsBuilder<PostgresSuppliersDb>().UseNpgsql("Host=nowhere").Options);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }

    private static async Task Ok(Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task Bad(Task<HttpResponseMessage> asked, string code)
    {
        var answer = await asked;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"urn:recruitment:{code}", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }
}
