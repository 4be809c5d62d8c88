using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Recruitment.Platform.Tests.Hosting;

/// <summary>While a database is away the answer says so, and not that nothing was saved: nobody knows that.</summary>
public sealed class DatabaseAwayTests
{
    public static TheoryData<Exception> Away =>
    [
        new InvalidOperationException("Likely due to a transient failure.", new NpgsqlException("Failed to connect.")),
        new DbUpdateException("Not saved.", new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", "57P01")),
        new DbUpdateException("Not saved.", new SqliteException("database or disk is full", 13)),
    ];

    [Theory, MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public async Task A_database_that_is_away_is_503_and_the_request_can_be_sent_again(Exception problem)
    {
        var (status, said) = await AnswerTo(problem);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, status);
        Assert.Contains("urn:recruitment:away", said, StringComparison.Ordinal);
        Assert.Contains("Try again in a minute", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was saved", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_database_refuses_is_our_mistake() =>
        Assert.Equal(StatusCodes.Status500InternalServerError, (await AnswerTo(new DbUpdateException("Not saved.", new SqliteException("no such table", 1)))).Status);

    private static async Task<(int Status, string Said)> AnswerTo(Exception problem)
    {
        await using var services = new ServiceCollection().AddLogging().AddApiProblems().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Path = "/api/v1/anything" }, Response = { Body = body } };
        Assert.True(await new ProblemExceptionHandler(services.GetRequiredService<IProblemDetailsService>()).TryHandleAsync(context, problem, TestContext.Current.CancellationToken));
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
