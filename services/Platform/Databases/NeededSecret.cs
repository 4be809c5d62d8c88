using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>
/// A secret that rows of a database were made with. While there are such rows and no such secret, the start stops: a replica with a folder of its own would make
/// another, and be healthy, and open nothing.
/// </summary>
/// <remarks>
/// The rows themselves are asked, on either kind of database: a new one has none, nor has one whose service only now began to use the secret, and there it is made as
/// ever. It looks for a secret, not which one it is; a service that must know keeps a mark of it.
/// </remarks>
internal sealed record NeededSecret<TDb>(string Name, Func<TDb, CancellationToken, Task<bool>> HasRows)
    where TDb : ServiceDb
{
    public async Task Check(TDb db, Secrets secrets, CancellationToken stop)
    {
        if (!secrets.IsThere(Name) && await HasRows(db, stop)) throw new InvalidOperationException(NeededSecrets.Missing(Name));
    }
}

public static class NeededSecrets
{
    /// <summary>Asked before anything is made. The query says whether anything is kept that only this secret opens, or finds.</summary>
    public static void AddNeededSecret<TDb>(this IServiceCollection services, string name, Func<TDb, CancellationToken, Task<bool>> hasRows)
        where TDb : ServiceDb =>
        services.AddSingleton(new NeededSecret<TDb>(name, hasRows));

    public static string Missing(string name) =>
        $"'Secrets:{name}' is missing, and what the database keeps was made with it, so no other is made: give it as every other replica has it, or bring its file back from where you keep secrets; docs/operations.md says what to do when there is none.";
}
