using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Audits;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Parties;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests;

/// <summary>
/// One organisation gets at nothing of another's, whatever a query forgot: on PostgreSQL the database itself refuses, with the account that the service has.
/// Here one recruiter has an application with the other audit body; all else is of other recruiters, with other bodies.
/// </summary>
public sealed class OwnRowsTests(OwnRowsTests.Several all) : IClassFixture<OwnRowsTests.Several>
{
    /// <summary>Every table that holds rows of one organisation, and how those are known that have nothing to do with this recruiter and its body.</summary>
    private Dictionary<string, string> NotOurs => new()
    {
        ["Applications"] = $"\"Id\" <> '{all.Ours}'",
        ["Answers"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["Transitions"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["Findings"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["ConflictDeclarations"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["DroppedAudits"] = "true",
        ["StatusBodies"] = "true",
        ["Reminders"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["Evidence"] = $"\"ApplicationId\" <> '{all.Ours}'",
        ["EvidenceChunks"] = $"\"EvidenceId\" NOT IN (SELECT \"Id\" FROM \"Evidence\" WHERE \"ApplicationId\" = '{all.Ours}')",
        ["KeptAnswers"] = $"\"Party\" NOT IN ('{all.Recruiter}', '{all.App.OtherAuditBody}')",
        ["Outbox"] = "true",
        ["Heard"] = "true",
        ["Inbox"] = "true",
        ["DatabaseIdentity"] = "true",
    };

    [Fact]
    public async Task A_query_without_conditions_finds_nothing_of_another_organisations()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await using var connection = await RowPolicies.Open(all.Configured, Stop);

        foreach (var (table, others) in NotOurs)
        {
            Assert.True(table is "Outbox" || await connection.Number(RowPolicies.Everybodys, $"SELECT count(*) FROM \"{table}\" WHERE {others}", Stop) > 0, $"{table} is not tried");
            foreach (var party in new[] { all.Recruiter, all.App.OtherAuditBody })
                Assert.Equal((table, 0), (table, await connection.Number(RowPolicies.Of(party), $"SELECT count(*) FROM \"{table}\" WHERE {others}", Stop)));
            // An organisation that has to do with no application, and nobody at all.
            foreach (var whose in new[] { RowPolicies.Of(Guid.CreateVersion7()), null })
                Assert.Equal((table, 0), (table, await connection.Number(whose, $"SELECT count(*) FROM \"{table}\"", Stop)));
        }
        // Itself and its body.
        Assert.Equal(2, await connection.Number(RowPolicies.Of(all.Recruiter), "SELECT count(*) FROM \"Parties\"", Stop));
        Assert.Equal(0, await connection.Number(RowPolicies.Of(Guid.CreateVersion7()), "SELECT count(*) FROM \"Parties\"", Stop));
        Assert.Equal(0, await connection.Number(null, "SELECT count(*) FROM \"Parties\"", Stop));
    }

    [Fact]
    public async Task Nor_does_it_change_anything_of_theirs_or_what_is_not_its_to_write()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await using var connection = await RowPolicies.Open(all.Configured, Stop);

        foreach (var (table, others) in NotOurs)
        {
            Assert.Equal((table, 0), (table, await Touched(all.Recruiter, $"DELETE FROM \"{table}\" WHERE {others}")));
            Assert.Equal((table, 0), (table, await Touched(all.App.OtherAuditBody, $"DELETE FROM \"{table}\" WHERE {others}")));
        }
        foreach (var change in new[]
        {
            $"UPDATE \"Applications\" SET \"State\" = 'Granted' WHERE \"Id\" <> '{all.Ours}'", $"UPDATE \"Answers\" SET \"Value\" = 'conform' WHERE \"ApplicationId\" <> '{all.Ours}'",
            "UPDATE \"Findings\" SET \"Grade\" = 'conform'", "UPDATE \"Transitions\" SET \"Reason\" = 'none'", "DELETE FROM \"Transitions\"", "UPDATE \"Reminders\" SET \"SaidAt\" = now()", "DELETE FROM \"Reminders\"", "DELETE FROM \"Applications\"",
            "UPDATE \"Evidence\" SET \"DestroyOn\" = NULL", "UPDATE \"Parties\" SET \"OwnerPartyId\" = NULL", "DELETE FROM \"Parties\"",
        })
        {
            Assert.Equal((change, 0), (change, await Touched(all.Recruiter, change)));
            Assert.Equal((change, 0), (change, await Touched(all.App.OtherAuditBody, change)));
        }
        Assert.Equal(0, await Touched(all.Recruiter, "UPDATE \"ConflictDeclarations\" SET \"HasConflict\" = false"));
        Assert.Equal(0, await Touched(all.App.OtherAuditBody, "UPDATE \"Answers\" SET \"Value\" = 'conform'"));

        const string finding = "INSERT INTO \"Findings\" VALUES ('{0}', '1', 'conform', 'None.', 'records', 'somebody', now())";
        const string step = "INSERT INTO \"Transitions\" (\"ApplicationId\", \"Number\", \"To\", \"By\", \"At\") VALUES ('{0}', 99, 'Granted', 'somebody', now())";
        const string declaration = "INSERT INTO \"ConflictDeclarations\" VALUES ('{0}', 'somebody', '{1}', false, 'None.', 'Somebody', now(), true)";
        foreach (var (party, forbidden) in new[]
        {
            (all.Recruiter, string.Format(null, finding, all.Ours)), (all.Recruiter, string.Format(null, step, all.Granted)), (all.Recruiter, string.Format(null, declaration, all.Ours, all.Recruiter)),
            (all.App.OtherAuditBody, string.Format(null, finding, all.Granted)), (all.App.OtherAuditBody, string.Format(null, step, all.Granted)),
            (all.App.OtherAuditBody, string.Format(null, declaration, all.Ours, all.App.AuditBody)),
            (all.App.OtherAuditBody, $"INSERT INTO \"Answers\" (\"ApplicationId\", \"Indicator\", \"Value\") VALUES ('{all.Ours}', 'none', 'conform')"),
            (all.App.OtherAuditBody, $"INSERT INTO \"Evidence\" SELECT gen_random_uuid(), \"Id\", '', '', '', '', 1, '', '', 1, now(), NULL, NULL FROM \"Applications\""),
            (all.Recruiter, $"INSERT INTO \"Reminders\" VALUES ('{all.Ours}', 'validity_over', '2026-01-01', now())"),
            (all.App.OtherAuditBody, $"INSERT INTO \"StatusBodies\" VALUES ('{all.Ours}', 9, '{all.App.AuditBody}', 'somebody', now(), 'None.')"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => Touched(party, forbidden));
            Assert.Equal((forbidden, PostgresErrorCodes.InsufficientPrivilege), (forbidden, refused.SqlState));
        }

        Task<int> Touched(Guid party, string change) => connection.Number(RowPolicies.Of(party), $"WITH touched AS ({change} RETURNING 1) SELECT count(*) FROM touched", Stop);
    }

    /// <summary>Sent and found eligible, its application is not open to the recruiter; it never grants itself anything. Its body is only asked so far.</summary>
    [Fact]
    public async Task Nor_does_it_write_what_is_its_own_in_a_state_in_which_it_may_not()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await using var connection = await RowPolicies.Open(all.Configured, Stop);
        var (recruiter, asked, office) = (RowPolicies.Of(all.Recruiter), RowPolicies.Of(all.App.OtherAuditBody), RowPolicies.OfOperator(Guid.CreateVersion7()));

        foreach (var change in new[]
        {
            $"UPDATE \"Applications\" SET \"State\" = 'Granted' WHERE \"Id\" = '{all.Ours}'", $"UPDATE \"Answers\" SET \"Value\" = 'conform' WHERE \"ApplicationId\" = '{all.Ours}'",
            $"DELETE FROM \"Evidence\" WHERE \"ApplicationId\" = '{all.Ours}'", "DELETE FROM \"EvidenceChunks\"",
        })
            Assert.Equal((change, 0), (change, await Touched(recruiter, change)));
        var sender = RowPolicies.Of(all.OfSent);
        foreach (var change in new[] { "UPDATE \"Answers\" SET \"Value\" = 'conform'", "DELETE FROM \"Evidence\"", "DELETE FROM \"EvidenceChunks\"" })
            Assert.Equal((change, 0), (change, await Touched(sender, change)));
        var added = await Assert.ThrowsAsync<PostgresException>(() => Touched(sender, $"INSERT INTO \"Answers\" (\"ApplicationId\", \"Indicator\", \"Value\") VALUES ('{all.Sent}', 'none', 'conform')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, added.SqlState);
        var drafting = RowPolicies.Of(all.Drafting);
        foreach (var (who, change) in new[]
        {
            (drafting, "UPDATE \"Applications\" SET \"AuditBodyPartyId\" = gen_random_uuid()"), (drafting, "UPDATE \"Applications\" SET \"ValidTo\" = '2099-01-01'"), (drafting, "UPDATE \"Applications\" SET \"Version\" = 0"),
            (sender, $"INSERT INTO \"Transitions\" (\"ApplicationId\", \"Number\", \"To\", \"By\", \"At\") VALUES ('{all.Sent}', 99, 'Draft', 'somebody', now())"),
            (recruiter, $"INSERT INTO \"Transitions\" (\"ApplicationId\", \"Number\", \"To\", \"By\", \"At\") VALUES ('{all.Ours}', 99, 'Submitted', 'somebody', now())"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => Touched(who, change));
            Assert.Equal((change, PostgresErrorCodes.InsufficientPrivilege), (change, refused.SqlState));
        }
        var granted = await Assert.ThrowsAsync<PostgresException>(() => Touched(
            recruiter, $"INSERT INTO \"Transitions\" (\"ApplicationId\", \"Number\", \"To\", \"By\", \"At\") VALUES ('{all.Ours}', 99, 'Granted', 'somebody', now())"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, granted.SqlState);
        Assert.Equal(0, await Touched(office, $"DELETE FROM \"Findings\" WHERE \"ApplicationId\" = '{all.Granted}'"));
        Assert.Equal(0, await connection.Number(asked, "SELECT count(*) FROM \"Answers\"", Stop));
        Assert.True(await connection.Number(recruiter, "SELECT count(*) FROM \"Answers\"", Stop) > 0);

        Task<int> Touched(string whose, string change) => connection.Number(whose, $"WITH touched AS ({change} RETURNING 1) SELECT count(*) FROM touched", Stop);
    }

    /// <summary>On both databases by the filters, and on PostgreSQL without them as well.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_organisation_gets_at_its_part_of_an_application_with_filters_and_without(bool filters)
    {
        Assert.SkipUnless(filters || RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        await using var scope = all.App.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
        IQueryable<T> Rows<T>() where T : class => filters ? db.Set<T>().AsNoTracking() : db.Set<T>().IgnoreQueryFilters().AsNoTracking();
        Task<List<Guid>> Files() => Rows<EvidenceFile>().Select(e => e.ApplicationId).ToListAsync(Stop);
        Task<List<Guid>> Found() => Rows<Finding>().Select(f => f.ApplicationId).Distinct().ToListAsync(Stop);

        // Nobody's request: jobs and consumers.
        Assert.Contains(all.Open, await Found());
        Assert.Equal(6, await Rows<Application>().CountAsync(a => a.State != State.Draft, Stop));

        using (RowPolicies.ActFor(scope.ServiceProvider, all.Recruiter, Roles.RecruiterUser, PartyKinds.Recruiter))
        {
            Assert.Equal([all.Ours], await Rows<Application>().Select(a => a.Id).ToListAsync(Stop));
            Assert.Equal([all.Ours], await Files());
            Assert.Equal(1, await Rows<EvidenceChunk>().CountAsync(Stop));
            Assert.Equal([all.Ours], await Rows<Reminder>().Select(r => r.ApplicationId).ToListAsync(Stop));
            Assert.Empty(await Rows<ConflictDeclaration>().ToListAsync(Stop));
            Assert.Equal(new[] { all.Recruiter, all.App.OtherAuditBody }.Order(), await Rows<KnownParty>().Select(p => p.Id).OrderBy(p => p).ToListAsync(Stop));
        }
        using (RowPolicies.ActFor(scope.ServiceProvider, all.OfOpen, Roles.RecruiterUser, PartyKinds.Recruiter))
        {
            Assert.Equal([all.Open], await Rows<Application>().Select(a => a.Id).ToListAsync(Stop));
            Assert.Empty(await Found());
        }
        using (RowPolicies.ActFor(scope.ServiceProvider, all.OfGranted, Roles.RecruiterUser, PartyKinds.Recruiter))
            Assert.Equal([all.Granted], await Found());
        // Only asked.
        using (RowPolicies.ActFor(scope.ServiceProvider, all.App.OtherAuditBody, Roles.Auditor, PartyKinds.AuditBody))
        {
            Assert.Equal([all.Ours], await Rows<Application>().Select(a => a.Id).ToListAsync(Stop));
            Assert.Equal([all.Ours], await Rows<ConflictDeclaration>().Select(d => d.ApplicationId).ToListAsync(Stop));
            Assert.Empty(await Files());
            Assert.Empty(await Rows<EvidenceChunk>().ToListAsync(Stop));
        }
        using (RowPolicies.ActFor(scope.ServiceProvider, all.App.AuditBody, Roles.DecisionMaker, PartyKinds.AuditBody))
        {
            Assert.Equal(new[] { all.Open, all.Granted }.Order(), (await Rows<Application>().Select(a => a.Id).ToListAsync(Stop)).Order());
            Assert.Equal(new[] { all.Open, all.Granted }.Order(), (await Files()).Order());
            Assert.Equal(2, await Rows<EvidenceChunk>().CountAsync(Stop));
            Assert.Contains(all.Open, await Found());
            Assert.Empty(await Rows<StatusBody>().ToListAsync(Stop));
        }
        // Handed over: the body that keeps the status now.
        using (RowPolicies.ActFor(scope.ServiceProvider, all.ThirdBody, Roles.DecisionMaker, PartyKinds.AuditBody))
            Assert.Equal(new[] { all.HandedOver, all.Dropped }.Order(), (await Rows<Application>().Select(a => a.Id).ToListAsync(Stop)).Order());
        using (RowPolicies.ActFor(scope.ServiceProvider, Guid.CreateVersion7(), Roles.SchemeManager, PartyKinds.Operator))
        {
            Assert.Equal(new[] { all.Ours, all.Granted, all.Open, all.HandedOver, all.Dropped, all.Sent }.Order(), (await Rows<Application>().Select(a => a.Id).ToListAsync(Stop)).Order());
            Assert.Equal(new[] { all.Ours, all.Granted }.Order(), (await Rows<Reminder>().Select(r => r.ApplicationId).ToListAsync(Stop)).Order());
            Assert.Equal([all.HandedOver], await Rows<StatusBody>().Select(b => b.ApplicationId).ToListAsync(Stop));
            Assert.Equal([all.Sent], await Files());
            Assert.Empty(await Rows<EvidenceChunk>().ToListAsync(Stop));
            Assert.Empty(await Rows<DroppedAudit>().ToListAsync(Stop));
        }
        // Of another kind, whatever its roles.
        using (RowPolicies.ActFor(scope.ServiceProvider, Guid.CreateVersion7(), Roles.SchemeManager, PartyKinds.Brand))
        {
            Assert.Empty(await Rows<Application>().ToListAsync(Stop));
            Assert.Empty(await Rows<KnownParty>().ToListAsync(Stop));
            Assert.Empty(await Found());
        }
    }

    /// <summary>A setting of the session would be found by the next who gets the connection.</summary>
    [Fact]
    public async Task Organisations_that_take_turns_on_one_connection_see_each_its_own()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        var one = new NpgsqlConnectionStringBuilder(all.Configured) { MaxPoolSize = 1, ApplicationName = "taking turns" }.ConnectionString;
        for (var turn = 0; turn < 10; turn++)
        {
            foreach (var (party, kind, own) in new[] { (all.Recruiter, PartyKinds.Recruiter, 1), (Guid.CreateVersion7(), PartyKinds.Operator, 6), (all.OfGranted, PartyKinds.Recruiter, 1) })
            {
                await using var scope = all.App.Host.Services.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
                db.Database.SetConnectionString(one);
                using var _ = RowPolicies.ActFor(scope.ServiceProvider, party, Roles.RecruiterUser, kind);

                var seen = await db.Applications.IgnoreQueryFilters().AsNoTracking().Select(a => a.RecruiterPartyId).ToListAsync(Stop);
                Assert.Equal(own, seen.Count);
                if (kind == PartyKinds.Recruiter) Assert.All(seen, r => Assert.Equal(party, r));
                await using (var together = await db.AsOfOneMoment(Stop)) Assert.Equal(own, await db.Applications.IgnoreQueryFilters().CountAsync(Stop));
                if (turn % 2 == 0) await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("SELECT 1 / 0", Stop));
                Assert.Equal(own, await db.Applications.IgnoreQueryFilters().CountAsync(Stop));
            }
            await using var next = await RowPolicies.Open(one, Stop);
            Assert.Equal(0, await next.Number(null, "SELECT count(*) FROM \"Applications\"", Stop));
            Assert.Equal(0, await next.Number(null, "SELECT length(concat(current_setting('app.party', true), current_setting('app.role', true), current_setting('app.kind', true)))", Stop));
        }
    }

    [Fact]
    public async Task Every_table_has_a_policy_that_holds_for_its_owner_too_unless_written_down()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, RowPolicies.NeedsPostgres);
        Assert.Empty(await RowPolicies.NotAsWrittenDown(all.Configured, "Accreditation", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Applications of several recruiters with several bodies, each brought where it is over HTTP.</summary>
    public sealed class Several : IAsyncLifetime
    {
        public AccreditationApp App { get; } = new();

        /// <summary>The recruiter whose application the other body is asked about.</summary>
        public Guid Recruiter { get; private set; }
        public Guid Ours { get; private set; }
        public Guid OfGranted { get; private set; }
        public Guid Granted { get; private set; }
        public Guid OfOpen { get; private set; }

        public Guid Drafting { get; private set; }
        public Guid OfSent { get; private set; }

        /// <summary>Sent, and not read by anybody yet.</summary>
        public Guid Sent { get; private set; }

        /// <summary>An audit under way.</summary>
        public Guid Open { get; private set; }
        public Guid ThirdBody { get; } = Guid.CreateVersion7();
        public Guid HandedOver { get; private set; }
        public Guid Dropped { get; private set; }

        public string Configured => App.Host.Services.GetRequiredService<IConfiguration>().GetConnectionString("accreditation")!;

        public async ValueTask InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Party(ThirdBody, PartyKinds.AuditBody, "Third Mill Review");
            const string root = $"{AccreditationApp.Root}/applications";

            (Recruiter, Ours) = await App.Submitted();
            (await App.SchemeManager().PostAsJsonAsync($"{root}/{Ours}/review", new { outcome = "eligible", reason = "Complete.", auditBodyPartyId = App.OtherAuditBody })).EnsureSuccessStatusCode();
            (await App.Auditor(App.OtherAuditBody).PostAsJsonAsync($"{root}/{Ours}/conflict-declarations", new { hasConflict = false, statement = "No tie.", signedAs = "Auditor Two" })).EnsureSuccessStatusCode();

            (OfGranted, Granted, _) = await App.Granted();
            (OfOpen, Open, var audit) = await App.Assigned();
            (await App.Find(audit, "1", "minor")).EnsureSuccessStatusCode();

            var (bought, handedOver, _) = await App.Granted();
            await Buy(bought);
            (await App.SchemeManager().PostAsJsonAsync($"{root}/{handedOver}/status-body", new { auditBodyPartyId = ThirdBody, reason = "It was bought." })).EnsureSuccessStatusCode();
            (var alsoBought, Dropped, _) = await App.Assigned();
            await Buy(alsoBought);
            (await App.SchemeManager().PostAsJsonAsync($"{root}/{Dropped}/audit-body", new { auditBodyPartyId = ThirdBody })).EnsureSuccessStatusCode();
            HandedOver = handedOver;
            await using (var scope = App.Host.Services.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
                db.Reminders.AddRange(new[] { Ours, Granted }.Select(id => new Reminder { ApplicationId = id, Deadline = Deadline.DeferralOver, Day = new(2026, 1, 1), SaidAt = DateTime.UnixEpoch }));
                await db.SaveChangesAsync();
            }

            (OfSent, Sent) = await App.Submitted();

            (Drafting, var draft) = await App.Begun();
            using var kept = new HttpRequestMessage(HttpMethod.Put, $"{root}/{draft}/answers") { Content = JsonContent.Create(new { answers = new[] { new { indicator = "A1-01", value = "conform" } } }) };
            kept.Headers.Add("Idempotency-Key", "heron");
            Assert.Equal(HttpStatusCode.NoContent, (await App.Recruiter(Drafting).SendAsync(kept)).StatusCode);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();

        private Task Buy(Guid recruiter) => App.Host.Deliver(new PartyChanged
        {
            PartyId = recruiter, Epoch = 1, Sequence = 2, Kind = PartyKinds.Recruiter, Name = "Saffron Bridge Recruitment", Country = "THA", Status = "active", OwnerPartyId = App.AuditBody,
        });
    }
}
