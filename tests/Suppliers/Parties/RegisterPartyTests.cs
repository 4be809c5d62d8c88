using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Parties;

public sealed class RegisterPartyTests
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_recruiter_whose_registration_broke_off_is_whole_when_it_is_sent_again()
    {
        var breaking = new Breaking();
        await using var host = await ServiceHost<Program>.Start("suppliers", services: services =>
        {
            services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(breaking));
            services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(breaking));
        });
        var service = host.Client(Roles.Service, subject: "client:service");
        var id = Guid.CreateVersion7();

        breaking.Now = true;
        var broken = await Register(service, id, "Sandbar Staffing");
        breaking.Now = false;
        var again = await Register(service, id, "Sandbar Staffing");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (broken.StatusCode, again.StatusCode));
        var found = await service.PostAsJsonAsync($"{Base}/directory", new { name = "sandbar" });
        Assert.Contains($"{id}", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(await host.Published<PartyChanged, SuppliersDb>(), e => e.PartyId == id);
    }

    [Fact]
    public async Task An_organisation_that_is_named_anew_is_found_by_its_new_name_alone()
    {
        await using var host = await ServiceHost<Program>.Start("suppliers");
        var service = host.Client(Roles.Service, subject: "client:service");
        var id = Guid.CreateVersion7();
        await Register(service, id, "Sandbar Staffing");

        using var renamed = await SuppliersApp.Put(service, id, new { kind = "recruiter", name = "Sandpiper Staffing", country = "TH" }, 1);

        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);

        Assert.Contains($"{id}", await (await service.PostAsJsonAsync($"{Base}/directory", new { name = "sandpiper" })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{id}", await (await service.PostAsJsonAsync($"{Base}/directory", new { name = "sandbar" })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_organisation_of_an_administrator_is_an_operator_and_nothing_else()
    {
        await using var host = await ServiceHost<Program>.Start("suppliers");
        var own = Guid.CreateVersion7();
        var administrator = host.Client(Roles.Administrator, own, PartyKinds.Operator);

        var brand = await administrator.PutAsJsonAsync($"{Base}/parties/{own}", new { kind = "brand", name = "Open Palm", country = "TH" });
        var itself = await administrator.PutAsJsonAsync($"{Base}/parties/{own}", new { kind = "operator", name = "Open Palm", country = "TH" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (brand.StatusCode, itself.StatusCode));
        Assert.Equal("urn:recruitment:kind-is-fixed", (await brand.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    private static Task<HttpResponseMessage> Register(HttpClient service, Guid id, string name) =>
        service.PutAsJsonAsync($"{Base}/parties/{id}", new { kind = "recruiter", name, country = "TH" });

    /// <summary>The database goes away just when a change and its event are saved.</summary>
    private sealed class Breaking : SaveChangesInterceptor
    {
        public bool Now { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Now && eventData.Context!.ChangeTracker.Entries().Any(e => e.State == EntityState.Added && e.Metadata.GetTableName() == "Outbox")
                ? throw new IOException("The database is gone.") : base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}
