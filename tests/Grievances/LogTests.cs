using System.Net;
using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>A log says what an operator must know and nothing of a case. A service of its own for each test: its lines are looked at.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task While_Suppliers_is_away_a_purchase_writes_the_same_whether_or_not_a_case_is_about_it()
    {
        var (accused, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        (await app.Mai.Name(id, accused)).Dispose();

        var aboutNone = await WrittenWhenBought(other);
        var aboutOne = await WrittenWhenBought(accused);

        Assert.NotEmpty(aboutOne);
        Assert.Equal(aboutNone, aboutOne);
    }

    [Fact]
    public async Task A_tap_sent_twice_writes_nothing_at_the_moment_of_filing()
    {
        app.Log.Clear();
        for (var i = 0; i < 8; i++)
        {
            var same = new { receipt = await app.Receipt(), language = "th", topic = "wages", formId = Guid.CreateVersion7() };
            foreach (var answer in await Task.WhenAll(app.Post("", same), app.Post("", same), app.Post("", same)))
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                answer.Dispose();
            }
        }

        Assert.Empty(app.Log.All);
    }

    [Fact]
    public async Task A_database_that_fails_is_written_for_the_operator_by_kind_and_without_the_statement()
    {
        await using var db = app.Db();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"CaseKeys\" RENAME TO \"Elsewhere\"");
        app.Log.Clear();

        using var filed = await app.Post("", new { receipt = await app.Receipt(), language = "my", text = "They keep my passport", formId = Guid.CreateVersion7() });

        Assert.Equal(HttpStatusCode.InternalServerError, filed.StatusCode);
        Assert.Contains(app.Log.All, line => line.StartsWith("Error Recruitment.Grievances.", StringComparison.Ordinal)
            && line.Contains(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } ? "PostgresException" : "SqliteException", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.All, line => line.Contains("INSERT", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> WrittenWhenBought(Guid factory)
    {
        var buyer = Guid.CreateVersion7();
        app.Suppliers.Groups[factory] = [factory, buyer];
        app.Log.Clear();
        app.Suppliers.IsAway = true;
        var heard = app.Host.Deliver(new PartyChanged
        {
            PartyId = factory, Epoch = 1, Sequence = 2, Kind = "supplier", Name = "Bright Needle Factory", Country = "THA", Status = "active", OwnerPartyId = buyer,
        });
        await Task.WhenAny(heard, Wait.Until(() => Task.FromResult(app.Log.All.Count > 0), "nothing was written"));
        app.Suppliers.IsAway = false;
        await heard;
        return app.Log.Kinds;
    }
}
