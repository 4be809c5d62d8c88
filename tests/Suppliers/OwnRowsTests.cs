using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>One organisation gets at nothing of another's, whatever a query forgot: on PostgreSQL the database itself refuses, with the account that the service has.</summary>
public sealed class OwnRowsTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    /// <summary>Every table that holds rows of one organisation, and how another's are known.</summary>
    private static readonly Dictionary<string, string> NotMine = new()
    {
        ["Relations"] = "\"BrandId\" <> @me AND \"SupplierId\" <> @me",
        ["Listings"] = "\"BrandId\" <> @me",
        ["Imports"] = "\"BrandId\" <> @me",
        ["ImportRows"] = "\"SiteId\" IS NOT NULL AND \"ImportId\" NOT IN (SELECT \"Id\" FROM \"Imports\" WHERE \"BrandId\" = @me)",
        ["Invitations"] = "\"InvitedBy\" <> @me",
        ["Links"] = "\"SupplierId\" <> @me",
        ["Workforce"] = "true",
        ["SelfAssessments"] = "true",
        ["KeptAnswers"] = "\"Party\" <> @me",
        ["Outbox"] = "true",
        ["Heard"] = "true",
        ["DatabaseIdentity"] = "true",
    };

    [Fact]
    public async Task A_query_without_conditions_finds_nothing_of_another_organisations()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await SomethingOfEach();
        await using var connection = await Open(Configured);

        foreach (var (table, others) in NotMine)
        {
            Assert.True(table is "Outbox" or "Heard" || await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", SuppliersApp.BrandB, everything: true) > 0, $"{table} is not tried");
            Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", SuppliersApp.BrandB)));
            Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\"", null)));
        }
        Assert.Equal(0, await Count(connection, "SELECT count(*) FROM \"Parties\"", null));
        Assert.Equal(0, await Count(connection, "SELECT count(*) FROM \"Parties\" WHERE \"Kind\" = 'supplier' AND \"Name\" LIKE 'Only A%'", SuppliersApp.BrandB));
        Assert.Equal(0, await Count(connection, "SELECT count(*) FROM \"Sites\" WHERE \"Name\" LIKE 'Only A%'", SuppliersApp.BrandB));
    }

    [Fact]
    public async Task Nor_does_it_change_anything_of_theirs()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await SomethingOfEach();
        await using var connection = await Open(Configured);

        foreach (var change in new[]
        {
            "UPDATE \"Relations\" SET \"SharedAt\" = now() WHERE \"BrandId\" <> @me", "UPDATE \"Parties\" SET \"LegalName\" = 'x' WHERE \"Id\" <> @me", "DELETE FROM \"Parties\"",
            "UPDATE \"Sites\" SET \"Name\" = 'x'", "DELETE FROM \"Sites\"", "DELETE FROM \"Listings\"", "DELETE FROM \"Imports\" WHERE \"BrandId\" <> @me", "DELETE FROM \"Outbox\"",
            "UPDATE \"SelfAssessments\" SET \"Version\" = 9", "DELETE FROM \"Workforce\"", "UPDATE \"Links\" SET \"To\" = \"From\"",
        })
        {
            Assert.Equal((change, 0), (change, await RowPolicies.Touched(connection, change, SuppliersApp.BrandB, Stop)));
        }
        // A relation that nobody's list said would be a grant that nobody gave.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Count(connection,
            "WITH made AS (INSERT INTO \"Relations\" SELECT gen_random_uuid(), 1, @me, \"SupplierId\", 'x', 'x', 'open', now(), now(), NULL FROM \"Relations\" LIMIT 1 RETURNING 1) SELECT count(*) FROM made", SuppliersApp.BrandB));
        Assert.Contains(refused.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.DatatypeMismatch]);
    }

    /// <summary>Each sees the relation, and may write in it; not the other's part, which would open what nobody shared. So it is with what an organisation is, and with whom it invites.</summary>
    [Fact]
    public async Task Nor_does_anybody_write_what_is_anothers_to_say_in_a_row_that_it_may_write()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await SomethingOfEach();
        await using var connection = await Open(Configured);
        var supplier = await SharingSupplier();

        foreach (var (who, change) in new[]
        {
            (SuppliersApp.BrandB, "UPDATE \"Relations\" SET \"SharedAt\" = now()"), (SuppliersApp.BrandB, $"UPDATE \"Relations\" SET \"SupplierId\" = '{supplier}'"),
            (SuppliersApp.BrandA, "UPDATE \"Relations\" SET \"SharingEndedAt\" = now()"), (supplier, "UPDATE \"Relations\" SET \"BrandId\" = gen_random_uuid()"),
            (supplier, "UPDATE \"Relations\" SET \"Version\" = 0"), (supplier, "UPDATE \"Parties\" SET \"Kind\" = 'operator'"), (supplier, "UPDATE \"Parties\" SET \"OwnerId\" = gen_random_uuid()"),
            (SuppliersApp.BrandB, $"INSERT INTO \"Invitations\" (\"Id\", \"Version\", \"TokenHash\", \"PartyId\", \"InvitedBy\", \"ExpiresAt\") VALUES (gen_random_uuid(), 1, 'x', '{supplier}', '{SuppliersApp.BrandB}', now())"),
            (supplier, "UPDATE \"Relations\" SET \"AskedAt\" = '2020-01-01'"), (supplier, "UPDATE \"Relations\" SET \"Status\" = 'ended'"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => RowPolicies.Touched(connection, change, who, Stop));
            Assert.Equal((change, PostgresErrorCodes.InsufficientPrivilege), (change, refused.SqlState));
        }
    }

    [Fact]
    public async Task The_query_filters_hold_by_themselves_and_the_policies_without_them()
    {
        await SomethingOfEach();
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        using var _ = ActFor(scope.ServiceProvider, SuppliersApp.BrandB);

        Assert.All(await db.Relations.AsNoTracking().ToListAsync(Stop), r => Assert.Equal(SuppliersApp.BrandB, r.BrandId.Value));
        Assert.All(await db.Imports.AsNoTracking().ToListAsync(Stop), i => Assert.Equal(SuppliersApp.BrandB, i.BrandId.Value));
        Assert.Empty(await db.SelfAssessments.AsNoTracking().ToListAsync(Stop));
        Assert.DoesNotContain(await db.Sites.AsNoTracking().ToListAsync(Stop), s => s.Name.StartsWith("Only A", StringComparison.Ordinal));
        if (!RowPolicies.OnPostgres) return;

        Assert.All(await db.Relations.IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop), r => Assert.Equal(SuppliersApp.BrandB, r.BrandId.Value));
        Assert.Empty(await db.SelfAssessments.IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop));
        Assert.Equal(0, await db.Listings.IgnoreQueryFilters().Where(l => l.BrandId != new PartyId(SuppliersApp.BrandB)).ExecuteDeleteAsync(Stop));
        Assert.All(await db.Relations.FromSqlRaw("SELECT * FROM \"Relations\"").IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop), r => Assert.Equal(SuppliersApp.BrandB, r.BrandId.Value));
    }

    /// <summary>A setting of the session would be found by the next who gets the connection.</summary>
    [Fact]
    public async Task Organisations_that_take_turns_on_one_connection_see_each_its_own()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await SomethingOfEach();
        var one = new NpgsqlConnectionStringBuilder(Configured) { MaxPoolSize = 1, ApplicationName = "taking turns" }.ConnectionString;
        for (var turn = 0; turn < 10; turn++)
        {
            foreach (var brand in new[] { SuppliersApp.BrandA, SuppliersApp.BrandB })
            {
                await using var scope = app.Host.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
                db.Database.SetConnectionString(one);
                using var _ = ActFor(scope.ServiceProvider, brand);

                var seen = await db.Relations.IgnoreQueryFilters().AsNoTracking().Select(r => r.BrandId).ToListAsync(Stop);
                Assert.NotEmpty(seen);
                Assert.All(seen, b => Assert.Equal(brand, b.Value));
                await using (var together = await db.AsOfOneMoment(Stop))
                    Assert.All(await db.Listings.IgnoreQueryFilters().AsNoTracking().Select(l => l.BrandId).ToListAsync(Stop), b => Assert.Equal(brand, b.Value));
                if (turn % 2 == 0) await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("SELECT 1 / 0", Stop));
                Assert.Equal(seen.Count, await db.Relations.IgnoreQueryFilters().CountAsync(Stop));
            }
            await using var next = await Open(one);
            await using var said = new NpgsqlCommand("SELECT coalesce(current_setting('app.party', true), '') || coalesce(current_setting('app.role', true), '') || (SELECT count(*) FROM \"Relations\")", next);
            Assert.Equal("0", await said.ExecuteScalarAsync(Stop));
        }
    }

    [Fact]
    public async Task Every_table_has_a_policy_that_holds_for_its_owner_too_unless_written_down()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        Assert.Empty(await RowPolicies.NotAsWrittenDown(Configured, "Suppliers", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Configured => app.Host.Services.GetRequiredService<IConfiguration>().GetConnectionString("suppliers")!;

    /// <summary>Brand A has a list and a supplier that shares with it, counts, answers and declares; brand B has a list.</summary>
    private async Task SomethingOfEach()
    {
        if (await HasAll()) return;
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Workers\nOnly A Weaving,TH,1 Canal Road,120\n");
        await app.Import(SuppliersApp.BrandB, "Name,Country,Address,Workers\nOnly B Dyeing,TH,2 Canal Road,90\n");
        var brand = app.Brand(SuppliersApp.BrandA);
        var relations = await brand.GetFromJsonAsync<JsonElement>("/api/v1/suppliers/relations", Stop);
        var supplier = relations.GetProperty("suppliers")[0].GetProperty("partyId").GetGuid();
        var invited = await (await brand.PostAsync($"/api/v1/suppliers/{supplier}/invitations", null, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var token = invited.GetProperty("link").GetString()!.Split("token=")[1];
        Assert.True((await app.Service.PostAsJsonAsync("/api/v1/suppliers/invitations/accept", new { token }, Stop)).IsSuccessStatusCode);
        var own = app.Supplier(supplier);
        var mine = await own.GetFromJsonAsync<JsonElement>("/api/v1/suppliers/mine", Stop);
        var site = mine.GetProperty("sites")[0].GetProperty("id").GetGuid();
        Assert.True((await own.PostAsync($"/api/v1/suppliers/mine/brands/{mine.GetProperty("brands")[0].GetProperty("relationId").GetGuid()}/share", null, Stop)).IsSuccessStatusCode);
        Assert.True((await own.PutAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/workforce", new { asOf = app.Today, counts = new[] { new { nationality = "MM", sex = "female", workers = 40 } } }, Stop)).IsSuccessStatusCode);
        using var declared = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/suppliers/mine/sites/{site}/recruiters")
        {
            Content = JsonContent.Create(new { recruiterName = "Heron Bridge", recruiterCountry = "MM", originCountry = "MM", from = app.Today }),
        };
        declared.Headers.Add("Idempotency-Key", "heron");
        Assert.Equal(HttpStatusCode.Created, (await own.SendAsync(declared, Stop)).StatusCode);
        await Answer(own, site);
    }

    private async Task<Guid> SharingSupplier()
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Relations.SingleAsync(r => r.BrandId == new PartyId(SuppliersApp.BrandA) && r.SharedAt != null, Stop)).SupplierId.Value;
    }

    private async Task<bool> HasAll()
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().SelfAssessments.AnyAsync(Stop);
    }

    private static async Task Answer(HttpClient supplier, Guid site)
    {
        var answers = new Dictionary<string, string> { ["fees.payer"] = "declined" };
        var answered = await supplier.PutAsJsonAsync($"/api/v1/suppliers/mine/sites/{site}/self-assessment", new { catalogueVersion = "2026-1", answers }, Stop);
        Assert.True(answered.IsSuccessStatusCode, await answered.Content.ReadAsStringAsync(Stop));
    }

    private static IDisposable ActFor(IServiceProvider services, Guid brand) => RowPolicies.ActFor(services, brand, Roles.BrandAnalyst);

    private static Task<NpgsqlConnection> Open(string connection) => RowPolicies.Open(connection, Stop);

    private static Task<int> Count(NpgsqlConnection connection, string sql, Guid? party, bool everything = false) => RowPolicies.Count(connection, sql, party, everything, Stop);
}
