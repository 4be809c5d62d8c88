using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Grievances.Tests.Cases;

public sealed class HandOverTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Who_hands_over_never_sees_the_case_again_and_her_old_key_opens_nothing_new()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var kept = app.Mai.CaseKey(id, await app.Mai.Sealed(id), 0);

        using (var done = await HandOver(app.Mai, id)) Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "after the handover" })).Dispose();

        using var again = await app.Mai.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.DoesNotContain(id, await app.Mai.List());
        var message = (await app.Somchai.Sealed(id)).GetProperty("messages")[1];
        Assert.ThrowsAny<CryptographicException>(() => TestReader.OpenMessage(id, kept, message));
    }

    [Fact]
    public async Task Who_stays_reads_what_was_written_before_and_after_and_the_worker_her_answer()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await HandOver(app.Mai, id)).Dispose();
        (await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text = "after the handover" })).Dispose();

        Assert.Equal("They keep my passport", (await app.Somchai.Read(id)).GetProperty("text").GetString());
        Assert.Equal("after the handover", (await app.Somchai.Read(id, 1)).GetProperty("text").GetString());
        using (var sent = await app.Somchai.Reply(id, "I read it now")) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using var mailbox = await app.Post("/mailbox", new { receipt });
        Assert.Contains("I read it now", await mailbox.Content.ReadAsStringAsync());
        using var withdrawn = await app.Post("/mailbox/withdrawal", new { receipt });
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
    }

    [Fact]
    public async Task Nobody_can_give_the_key_back_to_her()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Somchai.Name(id, Guid.CreateVersion7());
        (await HandOver(app.Mai, id)).Dispose();

        using var shared = await app.Somchai.Client.PutAsJsonAsync($"/api/v1/grievances/{id}/keys/{app.Mai.Id}", new { @sealed = new byte[80], generation = 1 });

        Assert.Equal(HttpStatusCode.Conflict, shared.StatusCode);
    }

    [Fact]
    public async Task The_last_reader_is_told_what_to_do_first()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        (await HandOver(app.Somchai, id)).Dispose();

        using var refused = await HandOver(app.Mai, id);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("no-other-reader", await refused.Content.ReadAsStringAsync());
        Assert.Contains(id, await app.Mai.List());
    }

    [Fact]
    public async Task A_reader_who_drops_out_when_the_accused_is_named_holds_a_key_to_nothing_new()
    {
        var owner = Guid.CreateVersion7();
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, owner);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        var kept = bound.CaseKey(id, await bound.Sealed(id), 0);

        (await app.Mai.Name(id, owner)).Dispose();
        (await app.Mai.Reply(id, "sealed to the new key")).Dispose();

        var message = (await app.Mai.Sealed(id)).GetProperty("messages")[1];
        Assert.ThrowsAny<CryptographicException>(() => TestReader.OpenMessage(id, kept, message));
        Assert.Equal("sealed to the new key", (await app.Mai.Read(id, 1)).GetProperty("text").GetString());
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{bound.Id}/intake", new { intake = false });
    }

    [Fact]
    public async Task When_the_accused_is_bought_readers_bound_to_the_buyer_lose_the_case_however_often_it_is_heard()
    {
        var (factory, buyer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, buyer);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, factory);
        await bound.Read(id);

        app.Suppliers.Groups[factory] = [factory, buyer];
        var bought = Changed(factory, buyer);
        var messageId = Guid.CreateVersion7();
        await app.Host.Deliver(bought, messageId);
        await app.Host.Deliver(bought, messageId);
        await app.Host.Deliver(bought with { Sequence = 1, OwnerPartyId = null });

        using var opened = await bound.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        Assert.Equal("They keep my passport", (await app.Mai.Read(id)).GetProperty("text").GetString());
        Assert.Equal(1, (await app.Mai.Sealed(id)).GetProperty("generation").GetInt32());
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{bound.Id}/intake", new { intake = false });
    }

    [Fact]
    public async Task When_the_owner_of_the_accused_buys_another_company_readers_bound_to_that_one_lose_the_case()
    {
        var (factory, owner, sister, below) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Groups[factory] = [factory, owner];
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, sister);
        var boundBelow = await app.Register($"below-{Guid.CreateVersion7()}", intake: true, party: null, below);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, factory);
        await bound.Read(id);

        app.Suppliers.Groups[sister] = [sister, below, factory, owner];
        await app.Host.Deliver(Changed(sister, owner));

        foreach (var reader in new[] { bound, boundBelow })
        {
            using var opened = await reader.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
            await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{reader.Id}/intake", new { intake = false });
        }
        Assert.Equal(1, (await app.Mai.Sealed(id)).GetProperty("generation").GetInt32());
        Assert.Equal("They keep my passport", (await app.Mai.Read(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Heard_after_the_two_companies_parted_again_nobody_loses_the_case()
    {
        var (factory, owner, sold) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Groups[factory] = [factory, owner];
        var free = await app.Register($"free-{Guid.CreateVersion7()}", intake: true, party: null, sold);
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, factory);

        app.Suppliers.Groups[sold] = [sold];
        await app.Host.Deliver(Changed(sold, owner));

        Assert.Equal("They keep my passport", (await free.Read(id)).GetProperty("text").GetString());
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{free.Id}/intake", new { intake = false });
    }

    [Fact]
    public async Task Suppliers_is_asked_the_same_whether_or_not_a_case_is_about_an_organisation_and_nothing_of_one_without_an_owner()
    {
        var (factory, owner, elsewhere) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Groups[factory] = [factory, owner];
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, factory);
        app.Suppliers.GroupsAsked.Clear();

        await app.Host.Deliver(Changed(factory, owner));
        await app.Host.Deliver(Changed(owner, null));
        await app.Host.Deliver(Changed(elsewhere, Guid.CreateVersion7()));

        Assert.Equal(new[] { factory, elsewhere }.Order(), app.Suppliers.GroupsAsked.Order());
    }

    [Fact]
    public async Task While_Suppliers_is_asked_a_worker_can_file()
    {
        var (factory, buyer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Suppliers.Groups[factory] = [factory];
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        await app.Mai.Name(id, factory);
        app.Suppliers.Groups[factory] = [factory, buyer];
        var filed = 0;
        app.Suppliers.WhileAskedForAGroup = async () =>
        {
            await app.File().WaitAsync(TimeSpan.FromSeconds(10));
            filed++;
        };

        await app.Host.Deliver(Changed(factory, buyer));

        app.Suppliers.WhileAskedForAGroup = () => Task.CompletedTask;
        Assert.Equal(1, filed);
    }

    [Fact]
    public async Task A_case_that_names_the_accused_while_Suppliers_is_asked_about_another_is_compared_too()
    {
        var (factory, buyer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bound = await app.Register($"bound-{Guid.CreateVersion7()}", intake: true, party: null, buyer);
        var (first, second) = (await GrievancesApp.Only(app.Mai, () => app.File()), await GrievancesApp.Only(app.Mai, () => app.File()));
        app.Suppliers.Groups[factory] = [factory];
        await app.Mai.Name(first, factory);
        app.Suppliers.WhileAskedForAGroup = async () =>
        {
            app.Suppliers.WhileAskedForAGroup = () => Task.CompletedTask;
            (await app.Mai.Name(second, factory)).Dispose();
            app.Suppliers.Groups[factory] = [factory, buyer];
        };

        await app.Host.Deliver(Changed(factory, buyer));

        foreach (var id in new[] { first, second })
        {
            using var opened = await bound.Client.GetAsync(new Uri($"/api/v1/grievances/{id}/sealed", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        }
        await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{bound.Id}/intake", new { intake = false });
    }

    private static PartyChanged Changed(Guid party, Guid? owner) =>
        new() { PartyId = party, Epoch = 1, Sequence = 2, Kind = "supplier", Name = "Bright Needle Factory", Country = "THA", Status = "active", OwnerPartyId = owner };

    private static Task<HttpResponseMessage> HandOver(TestReader reader, Guid id) =>
        reader.Client.PostAsync(new Uri($"/api/v1/grievances/{id}/handover", UriKind.Relative), null);
}
