using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests;

/// <summary>One organisation gets at nothing that it was not told, whatever a query forgot: on PostgreSQL the database itself refuses, with the account that the service has.</summary>
public sealed class OwnRowsTests(RiskApp app) : IClassFixture<RiskApp>
{
    private const string ToldSites =
        "(SELECT s.\"Id\" FROM \"Sites\" s WHERE s.\"PartyId\" = @me OR s.\"PartyId\" IN (SELECT r.\"SupplierPartyId\" FROM \"SupplyRelations\" r WHERE r.\"BrandPartyId\" = @me AND r.\"IsOpen\" AND r.\"SharedOn\" IS NOT NULL))";

    private const string ToldRecruiters = $"(SELECT l.\"RecruiterPartyId\" FROM \"RecruiterLinks\" l WHERE l.\"SiteId\" IN {ToldSites})";

    /// <summary>Every table that holds rows of one organisation, and how what it may not see is known.</summary>
    private static readonly Dictionary<string, string> NotMine = new()
    {
        ["SupplyRelations"] = "\"BrandPartyId\" <> @me",
        ["SiteListings"] = "\"BrandPartyId\" <> @me",
        ["Sites"] = $"\"Id\" NOT IN {ToldSites}",
        ["SelfAssessments"] = $"\"SiteId\" NOT IN {ToldSites}",
        ["RecruiterLinks"] = $"\"SiteId\" NOT IN {ToldSites}",
        ["TopicScores"] = $"\"SiteId\" NOT IN {ToldSites}",
        ["ScoreChanges"] = $"\"SiteId\" NOT IN {ToldSites}",
        ["Audits"] = $"\"RecruiterPartyId\" NOT IN {ToldRecruiters}",
        ["Parties"] = $"\"Id\" <> @me AND \"Id\" NOT IN {ToldRecruiters} AND \"Id\" NOT IN (SELECT r.\"SupplierPartyId\" FROM \"SupplyRelations\" r WHERE r.\"BrandPartyId\" = @me AND r.\"IsOpen\")",
        ["Signals"] = $"\"SubjectId\" NOT IN {ToldSites} AND \"SubjectId\" NOT IN (SELECT l.\"SiteId\" FROM \"SiteListings\" l WHERE l.\"BrandPartyId\" = @me) AND \"SubjectId\" NOT IN {ToldRecruiters}",
        ["Scores"] = "true",
        ["Editions"] = "true",
        ["Heard"] = "true",
        ["Inbox"] = "true",
        ["Due"] = "true",
        ["DatabaseIdentity"] = "true",
    };

    [Fact]
    public async Task A_query_without_conditions_finds_nothing_that_the_asker_was_not_told()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var (mine, theirs) = (await Chain(), await Chain());
        await using var connection = await Open();

        foreach (var (table, others) in NotMine)
        {
            Assert.True(await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", mine.Brand, everything: true) > 0, $"{table} is not tried");
            foreach (var me in new[] { mine.Brand, mine.Silent, mine.Supplier, mine.Recruiter, Guid.CreateVersion7() })
                Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", me)));
            Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\"", null)));
        }
        // What was told is there.
        foreach (var table in new[] { "SupplyRelations", "Sites", "SelfAssessments", "RecruiterLinks", "TopicScores", "Audits", "Signals" })
            Assert.True(await Count(connection, $"SELECT count(*) FROM \"{table}\"", theirs.Brand) > 0, $"{table} shows nothing of what was told");
    }

    [Fact]
    public async Task No_organisation_changes_anything()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var chain = await Chain();
        await using var connection = await Open();

        foreach (var change in new[]
        {
            "UPDATE \"SupplyRelations\" SET \"IsOpen\" = true", "UPDATE \"Sites\" SET \"Name\" = 'x'", "DELETE FROM \"Sites\"", "DELETE FROM \"SiteListings\"", "UPDATE \"TopicScores\" SET \"Residual\" = 0",
            "DELETE FROM \"Signals\"", "DELETE FROM \"ScoreChanges\"", "DELETE FROM \"Audits\"", "UPDATE \"Parties\" SET \"Name\" = 'x'", "UPDATE \"Scores\" SET \"Edition\" = 0", "DELETE FROM \"Due\"",
            "UPDATE \"Owners\" SET \"OwnerPartyId\" = NULL", "DELETE FROM \"Owners\"", "DELETE FROM \"Facts\"", "UPDATE \"FactEditions\" SET \"Name\" = 'x'", "DELETE FROM \"Accreditations\"",
        })
        {
            foreach (var me in new[] { chain.Brand, chain.Supplier })
                Assert.Equal((change, 0), (change, await RowPolicies.Touched(connection, change, me, Stop)));
        }
        // A relation that Suppliers never published would be a grant that nobody gave.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RowPolicies.Touched(connection,
            "INSERT INTO \"SupplyRelations\" (\"Id\", \"BrandPartyId\", \"SupplierPartyId\", \"IsOpen\", \"SharedOn\") VALUES (gen_random_uuid(), @me, @me, true, now()::date)", chain.Brand, Stop));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task What_changed_before_the_supplier_shared_is_not_there()
    {
        var chain = await Chain(sharedDaysAgo: -1);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RiskDb>();

        using (RowPolicies.ActFor(scope.ServiceProvider, chain.Brand, Roles.BrandAnalyst))
        {
            Assert.NotEmpty(await db.Topics.AsNoTracking().ToListAsync(Stop));
            Assert.Empty(await db.Changes.AsNoTracking().ToListAsync(Stop));
        }
        using (RowPolicies.ActFor(scope.ServiceProvider, chain.Supplier, Roles.SupplierUser)) Assert.NotEmpty(await db.Changes.AsNoTracking().ToListAsync(Stop));
    }

    /// <summary>Without any condition, so that neither the slice nor its reckoning of owners has a part in it.</summary>
    [Theory]
    [InlineData("owner")]
    [InlineData("owned")]
    [InlineData("sister")]
    [InlineData("sister by a grandparent")]
    [InlineData("unknown to us")]
    [InlineData("unknown owner")]
    [InlineData("owned in a circle")]
    public async Task A_signal_is_not_there_for_a_brand_that_is_or_may_be_of_the_accuseds_group(string tie)
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var grand = await app.Party("brand", "Grandparent");
        var parent = await app.Party("brand", "Parent", grand);
        var brand = tie switch
        {
            "owner" => parent,
            "sister" => await app.Party("brand", "Sister", parent),
            "sister by a grandparent" => await app.Party("brand", "Sister", await app.Party("brand", "Aunt", grand)),
            "unknown to us" => Guid.CreateVersion7(),
            "unknown owner" => await app.Party("brand", "Kestrel Row", Guid.CreateVersion7()),
            _ => await app.Party("brand", "Kestrel Row"),
        };
        var owner = tie switch { "owned" => brand, "owner" or "sister" or "sister by a grandparent" => parent, _ => (Guid?)null };
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing", owner);
        if (tie == "owned in a circle") await Owned(brand, by: supplier, then: supplier, andBy: brand);
        var (shared, listed) = (await app.Site(supplier), Guid.CreateVersion7());
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment", tie is "unknown to us" or "unknown owner" ? null : supplier);
        await app.Declares(shared, supplier, recruiter);
        await app.Lists(brand, supplier, listed);
        await app.Buys(brand, supplier);
        var other = await app.Party("brand", "Marisol & Pine");
        await app.Buys(other, supplier);
        foreach (var (kind, subject) in new[] { ("site", shared), ("site", listed), ("recruiter", recruiter) }) await app.Released(kind, subject);
        await using var connection = await Open();

        var about = $"SELECT count(*) FROM \"Signals\" WHERE \"SubjectId\" IN ('{shared}', '{listed}', '{recruiter}')";
        Assert.Equal(0, await Count(connection, about, brand));
        Assert.Equal(0, await Count(connection, about, supplier));
        Assert.Equal(0, await Count(connection, about, recruiter));
        Assert.Equal(2, await Count(connection, about, other));
    }

    [Fact]
    public async Task The_query_filters_hold_by_themselves_on_SQLite_and_the_policies_without_them()
    {
        var (mine, _) = (await Chain(), await Chain());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RiskDb>();
        using var acting = RowPolicies.ActFor(scope.ServiceProvider, mine.Brand, Roles.BrandAnalyst);

        Assert.All(await db.Relations.AsNoTracking().ToListAsync(Stop), r => Assert.Equal(mine.Brand, r.BrandPartyId));
        Assert.All(await db.Listings.AsNoTracking().ToListAsync(Stop), l => Assert.Equal(mine.Brand, l.BrandPartyId));
        Assert.Equal([mine.Site], await db.Sites.AsNoTracking().Select(s => s.Id).ToListAsync(Stop));
        Assert.Equal([mine.Site], await db.SelfAssessments.AsNoTracking().Select(a => a.SiteId).ToListAsync(Stop));
        Assert.Equal([mine.Site], await db.Links.AsNoTracking().Select(l => l.SiteId).ToListAsync(Stop));
        Assert.All(await db.Topics.AsNoTracking().ToListAsync(Stop), t => Assert.Equal(mine.Site, t.SiteId));
        Assert.All(await db.Changes.AsNoTracking().ToListAsync(Stop), c => Assert.Equal(mine.Site, c.SiteId));
        Assert.Equal([mine.Recruiter], await db.Audits.AsNoTracking().Select(a => a.RecruiterPartyId).ToListAsync(Stop));
        Assert.Equal(new[] { mine.Brand, mine.Supplier, mine.Recruiter }.Order(), (await db.Parties.AsNoTracking().Select(p => p.Id).ToListAsync(Stop)).Order());
        Assert.Equal(new[] { mine.Site, mine.Recruiter }.Order(), (await db.Signals.AsNoTracking().Select(s => s.SubjectId).ToListAsync(Stop)).Order());
        Assert.Empty(await db.Scores.AsNoTracking().ToListAsync(Stop));
        Assert.Empty(await db.Editions.AsNoTracking().ToListAsync(Stop));
        if (!RowPolicies.OnPostgres) return;

        Assert.All(await db.Relations.IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop), r => Assert.Equal(mine.Brand, r.BrandPartyId));
        Assert.Equal([mine.Site], await db.Sites.FromSqlRaw("SELECT * FROM \"Sites\"").IgnoreQueryFilters().AsNoTracking().Select(s => s.Id).ToListAsync(Stop));
        Assert.Equal(0, await db.Listings.IgnoreQueryFilters().ExecuteDeleteAsync(Stop));
    }

    /// <summary>A setting of the session would be found by the next who gets the connection.</summary>
    [Fact]
    public async Task Organisations_that_take_turns_on_one_connection_see_each_its_own()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var chains = new[] { await Chain(), await Chain() };
        var one = new NpgsqlConnectionStringBuilder(Configured) { MaxPoolSize = 1, ApplicationName = "taking turns" }.ConnectionString;
        for (var turn = 0; turn < 6; turn++)
        {
            foreach (var chain in chains)
            {
                await using var scope = app.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<RiskDb>();
                db.Database.SetConnectionString(one);
                using var acting = RowPolicies.ActFor(scope.ServiceProvider, chain.Brand, Roles.BrandAnalyst);

                Assert.Equal([chain.Site], await db.Sites.AsNoTracking().Select(s => s.Id).ToListAsync(Stop));
                await using (var together = await db.AsOfOneMoment(Stop)) Assert.Equal([chain.Site], await db.SelfAssessments.AsNoTracking().Select(a => a.SiteId).ToListAsync(Stop));
                if (turn % 2 == 0) await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("SELECT 1 / 0", Stop));
            }
            await using var next = await RowPolicies.Open(one, Stop);
            await using var said = new NpgsqlCommand("SELECT coalesce(current_setting('app.party', true), '') || coalesce(current_setting('app.role', true), '') || (SELECT count(*) FROM \"Sites\")", next);
            Assert.Equal("0", await said.ExecuteScalarAsync(Stop));
        }
    }

    [Fact]
    public async Task Every_table_has_a_policy_that_holds_for_its_owner_too_unless_written_down()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        Assert.Empty(await RowPolicies.NotAsWrittenDown(Configured, "Risk", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Configured => RowPolicies.ConnectionString(app.Services, "risk");

    private Task<NpgsqlConnection> Open() => RowPolicies.Open(Configured, Stop);

    private static Task<int> Count(NpgsqlConnection connection, string sql, Guid? party, bool everything = false) => RowPolicies.Count(connection, sql, party, everything, Stop);

    private sealed record Known(Guid Brand, Guid Silent, Guid Supplier, Guid Recruiter, Guid Site);

    /// <summary>A supplier that tells one brand everything and another, which lists its site, nothing; its recruiter was audited, and workers were heard about both.</summary>
    private async Task<Known> Chain(int sharedDaysAgo = 30)
    {
        var (brand, silent) = (await app.Party("brand", "Marisol & Pine"), await app.Party("brand", "Kestrel Row"));
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Buys(brand, supplier, sharedDaysAgo: sharedDaysAgo);
        await app.Buys(silent, supplier, shared: false);
        var site = await app.Site(supplier);
        await app.Lists(silent, supplier, site);
        await app.Answers(site, ("fees.payer", "worker_all"));
        await app.Declares(site, supplier, recruiter);
        await app.Audited(recruiter, "fees_and_debt", "minor");
        await app.Released("site", site);
        await app.Released("recruiter", recruiter);
        return new(brand, silent, supplier, recruiter, site);
    }

    private async Task Owned(Guid party, Guid by, Guid then, Guid andBy)
    {
        foreach (var (one, owner, kind) in new[] { (party, by, "brand"), (then, andBy, "supplier") })
        {
            await app.Happened(new Contracts.Suppliers.PartyChanged
            {
                PartyId = one, Epoch = 1, Sequence = app.Next(), Kind = kind, Name = "In a circle", Country = "THA", Status = "active", OwnerPartyId = owner,
            });
        }
    }
}
