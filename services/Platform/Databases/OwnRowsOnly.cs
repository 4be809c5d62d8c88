using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Recruitment.Platform;

/// <summary>
/// Tells PostgreSQL, in every transaction and for that transaction alone, whose rows are asked for, so that its policies hold whatever a query forgot.
/// A setting of the session would be met by whoever gets the connection from the pool next.
/// </summary>
/// <remarks>
/// What runs outside a transaction gets one of its own, sent together with it: no more waiting for the server than before. One that fails is left open by the server and
/// rolled back when the connection goes back to the pool, which is before anything else.
/// </remarks>
internal sealed class OwnRowsOnly(IHttpContextAccessor http) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Bind(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Bind(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Bind(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Bind(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Bind(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Bind(command, eventData);
        return ValueTask.FromResult(result);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        if (SettingFor(eventData.Context) is not { } setting) return result;
        using var command = In(result, setting);
        command.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (SettingFor(eventData.Context) is not { } setting) return result;
        await using var command = In(result, setting);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private void Bind(DbCommand command, CommandEventData about)
    {
        if (command.Transaction is null && SettingFor(about.Context) is { } setting)
            command.CommandText = $"BEGIN;\n{setting};\n{command.CommandText.TrimEnd().TrimEnd(';')};\nCOMMIT";
    }

    /// <summary>None while tables are made, which is done by an account of its own and not always in a transaction.</summary>
    /// <remarks>A policy makes the server think that a statement costs much, so it compiles what then reads a handful of rows: hundreds of milliseconds for one. It is told not to.</remarks>
    private string? SettingFor(Microsoft.EntityFrameworkCore.DbContext? context) =>
        context is ServiceDb { MakesTables: false } && RowsOf.Now(http).Setting is { } setting ? $"{setting};\nSET LOCAL jit = off" : null;

    private static DbCommand In(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        return command;
    }
}
