using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>All who hold a case turn out to be bound to the accused: they see it no more, and it never becomes one that nobody can open.</summary>
public sealed class NobodyLeftTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Named_an_accused_to_whom_all_who_hold_it_are_bound_the_case_closes_to_them_and_they_pass_it_on_to_a_reader_who_is_not()
    {
        var ploy = await app.Register($"ploy-{Guid.CreateVersion7()}", intake: false, party: Guid.CreateVersion7());
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());

        using (var named = await app.Mai.Name(id, GrievancesApp.Operator)) Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        await IsClosedTo(app.Mai, id);
        await IsClosedTo(app.Somchai, id);
        await IsClosedTo(ploy, id);
        Assert.Contains(id, await ToPassOn(app.Mai));

        await PassOn(app.Mai, id, ploy);

        Assert.Equal("They keep my passport", (await ploy.Read(id)).GetProperty("text").GetString());
        foreach (var bound in new[] { app.Mai, app.Somchai })
        {
            Assert.Equal(HttpStatusCode.NotFound, await Keys(bound, id));
            Assert.DoesNotContain(id, await ToPassOn(bound));
            await IsClosedTo(bound, id);
        }
        using (var sent = await ploy.Reply(id, "I read it now")) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using var mailbox = await app.Post("/mailbox", new { receipt });
        Assert.Contains("I read it now", await mailbox.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task When_the_accused_is_bought_by_whom_all_readers_are_bound_to_the_case_waits_for_one_who_is_not_with_what_was_written_meanwhile()
    {
        var factory = Guid.CreateVersion7();
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await app.Mai.Name(id, factory)).Dispose();

        app.Suppliers.Groups[factory] = [factory, GrievancesApp.Operator];
        await app.Host.Deliver(new PartyChanged
        {
            PartyId = factory, Epoch = 1, Sequence = 2, Kind = "supplier", Name = "Bright Needle Factory", Country = "THA", Status = "active", OwnerPartyId = GrievancesApp.Operator,
        });
        await IsClosedTo(app.Mai, id);
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "while nobody reads" })).Dispose();
        var ploy = await app.Register($"ploy-{Guid.CreateVersion7()}", intake: false, party: Guid.CreateVersion7());
        await PassOn(app.Somchai, id, ploy);

        Assert.Equal("They keep my passport", (await ploy.Read(id)).GetProperty("text").GetString());
        Assert.Equal("while nobody reads", (await ploy.Read(id, 1)).GetProperty("text").GetString());
        await IsClosedTo(app.Mai, id);
        await IsClosedTo(app.Somchai, id);
    }

    [Fact]
    public async Task Who_is_bound_gets_no_keys_while_another_reader_can_open_the_case_and_gives_none_to_another_who_is_bound()
    {
        var owner = Guid.CreateVersion7();
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, owner);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        Assert.Equal(HttpStatusCode.Conflict, await Keys(app.Mai, id));
        (await app.Mai.Name(id, owner)).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, await Keys(bound, id));
        Assert.DoesNotContain(id, await ToPassOn(bound));
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{bound.Id}/intake", new { intake = false });

        var alone = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Register($"free-{Guid.CreateVersion7()}", intake: false, party: Guid.CreateVersion7());
        (await app.Mai.Name(alone, GrievancesApp.Operator)).Dispose();
        using var given = await app.Mai.Client.PutAsJsonAsync($"/api/v1/grievances/{alone}/keys/{bound.Id}", new { @sealed = new byte[80], generation = 0 });
        Assert.Equal(HttpStatusCode.Conflict, given.StatusCode);
        Assert.Contains("reader-in-conflict", await given.Content.ReadAsStringAsync());
    }

    private static async Task IsClosedTo(TestReader reader, Guid id)
    {
        using var opened = await reader.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        Assert.DoesNotContain(id, await reader.List());
        using var answered = await reader.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new { sealedForWorker = new byte[1072], sealedForCase = new byte[1072], generation = 0, messagesRead = 1 });
        Assert.Equal(HttpStatusCode.NotFound, answered.StatusCode);
    }

    private static async Task<IReadOnlyList<Guid>> ToPassOn(TestReader reader) =>
        [.. (await reader.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("toPassOn").EnumerateArray().Select(i => i.GetGuid())];

    private static async Task<HttpStatusCode> Keys(TestReader reader, Guid id)
    {
        using var asked = await reader.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/keys", UriKind.Relative));
        return asked.StatusCode;
    }

    /// <summary>What the keeper's browser does: opens her copies and seals them to the reader who lacks them.</summary>
    private static async Task PassOn(TestReader keeper, Guid id, TestReader to)
    {
        var (info, aad) = ("recruitment grievances case key v1"u8.ToArray(), Encoding.ASCII.GetBytes(id.ToString()));
        var held = await keeper.Client.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/keys");
        Assert.False(held.TryGetProperty("messages", out _));
        var lacking = held.GetProperty("readers").EnumerateArray().Single(r => r.GetProperty("readerId").GetGuid() == to.Id).GetProperty("publicKey").GetBytesFromBase64();
        foreach (var key in held.GetProperty("keys").EnumerateArray())
        {
            var copy = Hpke.Seal(lacking, info, aad, Hpke.Open(keeper.Keys.PrivateKey, info, aad, key.GetProperty("sealed").GetBytesFromBase64()));
            using var given = await keeper.Client.PutAsJsonAsync($"/api/v1/grievances/{id}/keys/{to.Id}", new { @sealed = copy, generation = key.GetProperty("generation").GetInt32() });
            Assert.Equal(HttpStatusCode.NoContent, given.StatusCode);
        }
    }
}
