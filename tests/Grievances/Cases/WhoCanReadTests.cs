using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Grievances.Erasure;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Cases;

public sealed class WhoCanReadTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    public static TheoryData<string, string> Outsiders => new()
    {
        { Roles.BrandAnalyst, PartyKinds.Brand }, { Roles.SupplierUser, PartyKinds.Supplier }, { Roles.RecruiterUser, PartyKinds.Recruiter },
        { Roles.Auditor, PartyKinds.AuditBody }, { Roles.DecisionMaker, PartyKinds.AuditBody }, { Roles.SchemeManager, PartyKinds.Operator },
        { Roles.Administrator, PartyKinds.Operator }, { Roles.ProtectionOfficer, PartyKinds.Operator }, { Roles.Owner, PartyKinds.Operator }, { Roles.Owner, PartyKinds.Supplier }, { Roles.Service, "" },
    };

    [Theory]
    [MemberData(nameof(Outsiders))]
    public async Task Nobody_else_lists_or_opens_or_answers(string role, string kind)
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        var outsider = app.Host.Client(role, Guid.CreateVersion7(), kind);

        foreach (var (method, path) in new[] { ("GET", ""), ("GET", $"/{id}/sealed"), ("GET", $"/{id}/keys"), ("POST", $"/{id}/replies"), ("PUT", $"/{id}/accused"), ("POST", $"/{id}/confirmation"), ("PUT", $"/{id}/keys/{app.Mai.Id}"), ("POST", $"/{id}/closing"), ("POST", $"/{id}/handover"), ("PUT", "/readers/me/alerts"), ("GET", "/readers/me") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/grievances{path}") { Content = JsonContent.Create(new { }) };
            using var response = await outsider.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_case_handler_of_another_organisation_gets_no_key_and_sees_nothing()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        var infiltrator = app.Host.Client(Roles.CaseHandler, Guid.CreateVersion7(), PartyKinds.Recruiter, "mai");

        using var registered = await infiltrator.PostAsJsonAsync("/api/v1/grievances/readers", new { publicKey = Convert.ToBase64String(new byte[32]), wrappedKey = TestReader.Wrap(new byte[32], "p") });
        using var opened = await infiltrator.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, registered.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        Assert.Empty((await infiltrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_reader_outside_the_intake_team_gets_404_until_a_key_is_shared_with_her()
    {
        var later = await app.Register($"later-{Guid.CreateVersion7()}", intake: false);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        using (var before = await later.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative))) Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        using (var early = await Share(id, later)) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        await app.Mai.Name(id, Guid.CreateVersion7());
        using (var shared = await Share(id, later)) Assert.Equal(HttpStatusCode.NoContent, shared.StatusCode);

        Assert.Equal("They keep my passport", (await later.Read(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_reader_bound_to_the_owner_of_the_accused_loses_the_case_when_it_is_named()
    {
        var (owner, factory) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Groups[factory] = [factory, owner];
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, owner);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await bound.Read(id);

        using (var named = await app.Mai.Name(id, factory))
        {
            var allowed = (await named.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(a => a.GetProperty("readerId").GetGuid());
            Assert.DoesNotContain(bound.Id, allowed);
        }

        using var sealedAgain = await bound.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, sealedAgain.StatusCode);
        Assert.DoesNotContain(id, await bound.List());
        using var shared = await Share(id, bound);
        Assert.Equal(HttpStatusCode.Conflict, shared.StatusCode);
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{bound.Id}/intake", new { intake = false });
    }

    [Fact]
    public async Task When_every_reader_is_bound_to_the_accused_nothing_changes_and_it_says_so()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());

        using var named = await app.Mai.Name(id, GrievancesApp.Operator);

        Assert.Equal(HttpStatusCode.Conflict, named.StatusCode);
        Assert.Contains(id, await app.Mai.List());
    }

    [Fact]
    public async Task A_reply_in_clear_is_refused()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());

        using var response = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new { sealedForWorker = "I will call your boss", sealedForCase = "I will call your boss", generation = 0, messagesRead = 1 });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not-sealed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_in_danger_comes_first()
    {
        var ordinary = await GrievancesApp.Only(app.Mai, () => app.File());
        var danger = await GrievancesApp.Only(app.Mai, () => app.File(safe: false));
        var urgent = await GrievancesApp.Only(app.Mai, () => app.File(under18: true));

        var order = (await app.Mai.List()).Where(id => id == ordinary || id == danger || id == urgent);

        Assert.Equal([danger, urgent, ordinary], order);
    }

    [Fact]
    public async Task Page_after_page_shows_each_case_once_in_the_same_order_and_a_cursor_that_tells_nothing_but_a_day_and_an_id()
    {
        await using var busy = new GrievancesApp();
        await busy.InitializeAsync();
        var begun = (await busy.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake")).GetProperty("begun").GetString();
        for (var i = 0; i < 103; i++)
        {
            using var filed = await busy.Post("", new { receipt = await busy.Receipt(), language = "my", safeNow = i % 50 != 0, text = "They keep my passport", begun, formId = Guid.CreateVersion7() });
            filed.EnsureSuccessStatusCode();
        }

        var first = await busy.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances");
        var cursor = first.GetProperty("next").GetString()!;
        var last = first.GetProperty("items")[99];
        var all = await busy.Mai.List();

        Assert.Equal(100, first.GetProperty("items").GetArrayLength());
        Assert.Equal(103, all.Distinct().Count());
        Assert.Equal(103, all.Count);
        Assert.Equal(3, first.GetProperty("inDanger").GetInt32());
        Assert.Equal(["danger", "danger", "danger"], first.GetProperty("items").EnumerateArray().Take(3).Select(c => c.GetProperty("severity").GetString()));
        Assert.Equal(all.Skip(3).OrderBy(id => id.ToString(), StringComparer.Ordinal), all.Skip(3));
        Assert.Equal($"02{last.GetProperty("nextClock").GetString()!.Replace("-", "", StringComparison.Ordinal)}{last.GetProperty("id").GetGuid():N}", cursor);
        using var wrong = await busy.Mai.Client.GetAsync(new Uri("/api/v1/grievances?cursor=not-ours", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public void What_is_in_clear_is_the_written_list()
    {
        using var db = app.Db();
        var listed = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "what-is-in-clear.md"))
            .Aggregate((Table: "", Columns: new List<string>()), (at, line) =>
            {
                if (line.StartsWith("## ", StringComparison.Ordinal)) return (line[3..], at.Columns);
                if (line.StartsWith("- `", StringComparison.Ordinal)) at.Columns.Add($"{at.Table}.{line.Split('`')[1]}");
                return at;
            }).Columns;
        using var erasure = app.Host.Services.CreateScope();
        var store = erasure.ServiceProvider.GetRequiredService<ErasureDb>().Model;
        var real = db.Model.GetEntityTypes().Concat(store.GetEntityTypes()).SelectMany(e => e.GetProperties().Select(p => $"{e.GetTableName()}.{p.Name}"));

        Assert.Equal(real.Order(), listed.Order());
    }

    private async Task<HttpResponseMessage> Share(Guid id, TestReader other)
    {
        var g = await app.Mai.Sealed(id);
        var aad = System.Text.Encoding.ASCII.GetBytes(id.ToString());
        var info = "recruitment grievances case key v1"u8.ToArray();
        var key = Hpke.Open(app.Mai.Keys.PrivateKey, info, aad, g.GetProperty("caseKey").GetBytesFromBase64());
        return await app.Mai.Client.PutAsJsonAsync($"/api/v1/grievances/{id}/keys/{other.Id}", new { @sealed = Hpke.Seal(other.Keys.PublicKey, info, aad, key) });
    }
}
