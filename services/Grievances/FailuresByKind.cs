using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Recruitment.Grievances;

/// <summary>
/// What these databases could not do, for the operator's log: its kind and nothing of the statement. What is caught in the act of being made twice is no failure,
/// and a line of it would say at what moment a worker tapped "send".
/// </summary>
/// <remarks>Only of this service's own contexts: beside it in one process, other services write what they always write.</remarks>
internal sealed class FailuresByKind(ILogger<FailuresByKind> log) : IDbCommandInterceptor, ISaveChangesInterceptor
{
    public static void InsteadOfStatements(IServiceProvider services, DbContextOptionsBuilder options) => options
        .AddInterceptors(services.GetRequiredService<FailuresByKind>())
        .ConfigureWarnings(lines => lines.Ignore(RelationalEventId.CommandError, CoreEventId.SaveChangesFailed));

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Write(eventData.Exception);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Write(eventData.Exception);
        return Task.CompletedTask;
    }

    public void SaveChangesFailed(DbContextErrorEventData eventData) => WriteSaving(eventData.Exception);

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        WriteSaving(eventData.Exception);
        return Task.CompletedTask;
    }

    /// <summary>What failed in a statement was written with it; what somebody else changed meanwhile is answered by whoever saves.</summary>
    private void WriteSaving(Exception problem)
    {
        if (problem is not DbUpdateException) Write(problem);
    }

    private void Write(Exception problem)
    {
        if (!MadeTwice.IsSaidBy(problem)) log.LogError("A database of the cases failed: {Kind} {Code}", problem.GetType().Name, CodeOf(problem));
    }

    /// <summary>The database's own number for what was wrong, which its manual explains.</summary>
    private static string? CodeOf(Exception problem) => problem is SqliteException sqlite
        ? sqlite.SqliteExtendedErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : (problem as DbException)?.SqlState;
}
