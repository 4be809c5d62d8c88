using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>A brand's programs are told of its own lists and of suppliers that share with it, in ids and states.</summary>
public sealed class WebhookTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private static readonly string[] All = ["supplier_list.read", "supplier.answered"];

    [Fact]
    public async Task A_brand_is_told_that_its_list_was_read_and_another_is_not()
    {
        await using var mine = await WebhookReceiver.Start();
        await using var theirs = await WebhookReceiver.Start();
        await mine.Open(app.Brand(SuppliersApp.BrandA), "suppliers", All);
        await theirs.Open(app.Brand(SuppliersApp.BrandB), "suppliers", All);

        var import = await app.Import(SuppliersApp.BrandA, "Name,Country\nTold Heron Mill,TH\n");

        await Wait.Until(() => Task.FromResult(!mine.Heard.IsEmpty), "nobody was told");
        var told = JsonDocument.Parse(mine.Heard.Single().Body).RootElement;
        Assert.Equal(("supplier_list.read", import.GetProperty("id").GetGuid(), "done"),
            (told.GetProperty("type").GetString(), told.GetProperty("data").GetProperty("importId").GetGuid(), told.GetProperty("data").GetProperty("status").GetString()));
        Assert.Equal(["importId", "status"], told.GetProperty("data").EnumerateObject().Select(p => p.Name));
        Assert.Empty(theirs.Heard);
    }

    [Fact]
    public async Task A_brand_is_told_that_a_supplier_answered_only_while_the_supplier_shares_with_it()
    {
        await using var mine = await WebhookReceiver.Start();
        await using var theirs = await WebhookReceiver.Start();
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nTelling Heron Mill,TH,9 Heron Road\n");
        await app.Import(SuppliersApp.BrandB, "Name,Country,Address\nTelling Heron Mill,TH,9 Heron Road\n");
        var supplier = await app.Join(SuppliersApp.BrandA, "Telling Heron Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(supplier), "Telling Heron Mill, hall two");
        await mine.Open(app.Brand(SuppliersApp.BrandA), "suppliers", "supplier.answered");
        await theirs.Open(app.Brand(SuppliersApp.BrandB), "suppliers", "supplier.answered");

        await Answer(app.Supplier(supplier), site);

        await Wait.Until(() => Task.FromResult(!mine.Heard.IsEmpty), "nobody was told");
        var told = JsonDocument.Parse(mine.Heard.Single().Body).RootElement.GetProperty("data");
        Assert.Equal((supplier, site), (told.GetProperty("supplierId").GetGuid(), told.GetProperty("siteId").GetGuid()));
        Assert.Equal(["supplierId", "siteId"], told.EnumerateObject().Select(p => p.Name));
        Assert.Empty(theirs.Heard);
    }

    [Fact]
    public async Task Nobody_but_a_brand_has_webhooks_here_and_nobody_reaches_anothers()
    {
        await using var receiver = await WebhookReceiver.Start();
        await receiver.Open(app.Brand(SuppliersApp.BrandB), "suppliers", All);
        var id = (await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>("/api/v1/suppliers/webhooks")).GetProperty("items")[0].GetProperty("id").GetGuid();

        var crossed = await Borders.Crossed(Borders.Webhooks("Suppliers", id, Guid.CreateVersion7()), (role, party, kind) => app.Host.Client(role, party, kind), [id.ToString()],
            new[] { ("SuppliersOpenWebhook", Roles.BrandAnalyst) }.ToLookup(a => a.Item1, a => a.Item2));

        Assert.Empty(crossed);
    }

    private static async Task Answer(HttpClient supplier, Guid site)
    {
        var questions = await supplier.GetFromJsonAsync<JsonElement>("/api/v1/suppliers/questions");
        var first = questions.GetProperty("questions")[0];
        using var answered = await supplier.PutAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/self-assessment", new
        {
            catalogueVersion = questions.GetProperty("version").GetString(),
            answers = new Dictionary<string, string> { [first.GetProperty("code").GetString()!] = first.GetProperty("options")[0].GetProperty("code").GetString()! },
        });
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }
}
