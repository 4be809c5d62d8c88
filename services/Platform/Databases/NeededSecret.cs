using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>
/// A secret that rows of a database were made with. While there are such rows and no such secret, the start stops: a replica with a folder of its own would make
/// another, and be healthy, and open nothing.
/// </summary>
/// <remarks>
/// The rows themselves are asked, on either kind of database: a new one has none, nor has one whose service only now began to use the secret, and there it is made as
/// ever. Which secret it is, <see cref="KeepSecretMarks{TDb}"/> knows where it is marked.
/// </remarks>
internal sealed record NeededSecret<TDb>(string Name, bool IsMarked, Func<TDb, CancellationToken, Task<bool>> HasRows)
    where TDb : ServiceDb
{
    /// <summary>Makes none, and keeps nothing.</summary>
    public async Task Check(TDb db, Secrets secrets, CancellationToken stop)
    {
        var mark = IsMarked ? await Mark.Of(db, Name, stop) : null;
        if (!secrets.IsThere(Name) && (mark is not null || await HasRows(db, stop))) throw new InvalidOperationException(NeededSecrets.Missing(Name));
        if (mark is not null && mark != NeededSecrets.MarkOf(Name, secrets)) throw new InvalidOperationException(NeededSecrets.Another(Name));
    }
}

public static class NeededSecrets
{
    /// <summary>Asked before anything is made. The query says whether anything is kept that only this secret opens, or finds.</summary>
    public static void AddNeededSecret<TDb>(this IServiceCollection services, string name, Func<TDb, CancellationToken, Task<bool>> hasRows)
        where TDb : ServiceDb =>
        services.AddSingleton(new NeededSecret<TDb>(name, IsMarked: false, hasRows));

    /// <summary>The same, and the database remembers which one it is: with another the start stops as well. Its model must <see cref="Marks.KeepMarks"/>.</summary>
    public static void AddMarkedSecret<TDb>(this IServiceCollection services, string name, Func<TDb, CancellationToken, Task<bool>> hasRows)
        where TDb : ServiceDb
    {
        services.AddSingleton(new NeededSecret<TDb>(name, IsMarked: true, hasRows));
        services.AddHostedService<KeepSecretMarks<TDb>>();
    }

    public static string Missing(string name) =>
        $"'Secrets:{name}' is missing, and what the database keeps was made with it, so no other is made: give it as every other replica has it, or bring its file back from where you keep secrets; docs/operations.md says what to do when there is none.";

    public static string Another(string name) =>
        $"'Secrets:{name}' is another one than this database was begun with: give the one that every other replica has, or bring its file back from where you keep secrets; docs/operations.md says what to do when there is none.";

    /// <summary>An HMAC under the secret, which is 32 random bytes or made of as many letters, of its own name: it tells nothing of it.</summary>
    internal static string MarkOf(string name, Secrets secrets) =>
        Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(secrets.GetKey(name), System.Text.Encoding.UTF8.GetBytes($"mark of a database\n{name}")));
}
