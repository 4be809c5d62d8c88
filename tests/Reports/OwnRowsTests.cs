using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Platform;
using Recruitment.Reports.Issuing;
using Recruitment.Testing;

namespace Recruitment.Reports.Tests;

/// <summary>A report and its file are there for the body that issued it and the recruiter it is about, whatever a query forgot: on PostgreSQL the database itself refuses, with the account that the service has.</summary>
public sealed class OwnRowsTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    /// <summary>Every table that holds rows of one organisation, and how another's are known.</summary>
    private static readonly Dictionary<string, string> NotMine = new()
    {
        ["Reports"] = "\"IssuerPartyId\" <> @me AND \"SubjectPartyId\" <> @me",
        ["Files"] = "\"Id\" NOT IN (SELECT \"FileId\" FROM \"Reports\" WHERE @me IN (\"IssuerPartyId\", \"SubjectPartyId\"))",
        ["FileChunks"] = "\"FileId\" NOT IN (SELECT \"FileId\" FROM \"Reports\" WHERE @me IN (\"IssuerPartyId\", \"SubjectPartyId\"))",
        ["Outbox"] = "true",
        ["DatabaseIdentity"] = "true",
    };

    [Fact]
    public async Task A_query_without_conditions_finds_nothing_of_another_organisations()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var (mine, theirs) = (await Issued(), await Issued());
        await using var connection = await Open();

        foreach (var (table, others) in NotMine)
        {
            Assert.True(table is "Outbox" || await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", mine.Issuer, everything: true) > 0, $"{table} is not tried");
            foreach (var me in new[] { mine.Issuer, mine.Subject })
                Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\" WHERE {others}", me)));
            Assert.Equal((table, 0), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\"", null)));
        }
        // Its own are there, with their files; so are those about it.
        foreach (var me in new[] { theirs.Issuer, theirs.Subject })
        {
            foreach (var table in new[] { "Reports", "Files", "FileChunks" })
                Assert.Equal((table, 1), (table, await Count(connection, $"SELECT count(*) FROM \"{table}\"", me)));
        }
    }

    [Fact]
    public async Task Nor_does_it_change_anything_of_theirs_and_no_recruiter_changes_what_was_said_of_it()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var (mine, theirs) = (await Issued(), await Issued());
        await using var connection = await Open();

        foreach (var change in new[]
        {
            "UPDATE \"Reports\" SET \"Status\" = 'Revoked' WHERE \"IssuerPartyId\" <> @me", "DELETE FROM \"Reports\"", "UPDATE \"Files\" SET \"Chunks\" = 0", "DELETE FROM \"Files\"",
            "UPDATE \"FileChunks\" SET \"Index\" = 9", "DELETE FROM \"FileChunks\"", "DELETE FROM \"Outbox\"", "UPDATE \"DatabaseIdentity\" SET \"Epoch\" = 99",
        })
        {
            foreach (var me in new[] { mine.Issuer, theirs.Subject })
                Assert.Equal((change, 0), (change, await RowPolicies.Touched(connection, change, me, Stop)));
        }
        // A report in another's name.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RowPolicies.Touched(connection, "UPDATE \"Reports\" SET \"IssuerPartyId\" = \"SubjectPartyId\"", mine.Issuer, Stop));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_query_filters_hold_by_themselves_and_the_policies_without_them()
    {
        var (mine, theirs) = (await Issued(), await Issued());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDb>();
        using var acting = RowPolicies.ActFor(scope.ServiceProvider, mine.Issuer, Roles.Auditor);

        Assert.Equal([mine.Report], await db.Reports.AsNoTracking().Select(r => r.Id).ToListAsync(Stop));
        Assert.Single(await db.Files.AsNoTracking().ToListAsync(Stop));
        Assert.Single(await db.Chunks.AsNoTracking().ToListAsync(Stop));
        if (!RowPolicies.OnPostgres) return;

        Assert.Equal([mine.Report], await db.Reports.IgnoreQueryFilters().AsNoTracking().Select(r => r.Id).ToListAsync(Stop));
        Assert.Single(await db.Files.IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop));
        Assert.Single(await db.Chunks.FromSqlRaw("SELECT * FROM \"FileChunks\"").IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop));
        Assert.Equal(0, await db.Reports.IgnoreQueryFilters().Where(r => r.Id == theirs.Report).ExecuteUpdateAsync(set => set.SetProperty(r => r.IssuerName, "x"), Stop));
    }

    [Fact]
    public async Task Whoever_holds_a_report_is_shown_that_one_until_the_answer_is_made_and_never_its_file()
    {
        var (held, other) = (await Issued(), await Issued());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDb>();
        var one = RowPolicies.OnPostgres
            ? new NpgsqlConnectionStringBuilder(RowPolicies.ConnectionString(app.Services, "reports")) { MaxPoolSize = 1, ApplicationName = "verifying" }.ConnectionString : null;
        if (one is not null) db.Database.SetConnectionString(one);
        using var acting = RowPolicies.ActFor(scope.ServiceProvider, Guid.CreateVersion7(), Roles.BrandAnalyst);

        Assert.Empty(await db.Reports.AsNoTracking().ToListAsync(Stop));
        foreach (var what in new[] { held.Number, held.Sha256, held.Signature })
        {
            await using var shown = await db.ShowHeld([null, what, "not ours"], Stop);
            Assert.Equal([held.Report], await db.Reports.AsNoTracking().Select(r => r.Id).ToListAsync(Stop));
            Assert.Equal([held.Report], await Unless(db.Reports).Select(r => r.Id).ToListAsync(Stop));
            Assert.Empty(await Unless(db.Files).ToListAsync(Stop));
            Assert.Empty(await Unless(db.Chunks).ToListAsync(Stop));
        }
        if (one is null) return;
        // The next who gets the connection holds nothing.
        Assert.Empty(await db.Reports.IgnoreQueryFilters().AsNoTracking().ToListAsync(Stop));
        Assert.NotEqual(held.Report, other.Report);
    }

    [Fact]
    public async Task Every_table_has_a_policy_that_holds_for_its_owner_too_unless_written_down()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        Assert.Empty(await RowPolicies.NotAsWrittenDown(RowPolicies.ConnectionString(app.Services, "reports"), "Reports", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Past the filters where the database has policies of its own.</summary>
    private static IQueryable<T> Unless<T>(IQueryable<T> rows)
        where T : class => RowPolicies.OnPostgres ? rows.IgnoreQueryFilters().AsNoTracking() : rows.AsNoTracking();

    private Task<NpgsqlConnection> Open() => RowPolicies.Open(RowPolicies.ConnectionString(app.Services, "reports"), Stop);

    private static Task<int> Count(NpgsqlConnection connection, string sql, Guid? party, bool everything = false) => RowPolicies.Count(connection, sql, party, everything, Stop);

    private sealed record Known(Guid Report, Guid Issuer, Guid Subject, string Number, string Sha256, string Signature);

    /// <summary>A report of a body of its own about a recruiter of its own, with a file; the record alone, for printing takes seconds.</summary>
    private async Task<Known> Issued()
    {
        var (issuer, subject) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDb>();
        using var acting = RowPolicies.ActFor(scope.ServiceProvider, issuer, Roles.Auditor);
        var file = scope.ServiceProvider.GetRequiredService<Files.SealedFiles>().Add([1, 2, 3]);
        var report = Report.Issue(
            new(ReportNumber.New(2026), ReportNumber.NewCheckCode()),
            new AuditFacts { AuditId = Guid.CreateVersion7(), RecruiterPartyId = subject, RecruiterName = "Saffron Bridge Recruitment", AuditBodyName = "Lotus Lane Assurance" },
            new(file, 3, Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()), Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray())),
            new(issuer, "auditor", "en", "", IsDemonstration: false, null), new DateTime(2026, 9, 20, 8, 0, 0, DateTimeKind.Utc), new(2026, 9, 20));
        db.Reports.Add(report);
        db.Publish(report.AsEvent(db.Epoch));
        await db.SaveChangesAsync(Stop);
        return new(report.Id, issuer, subject, report.Number, report.Sha256, report.SignatureSha256);
    }
}
