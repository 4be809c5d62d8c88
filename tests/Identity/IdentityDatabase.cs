using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Identity.Keys;

namespace Recruitment.Identity.Tests;

/// <summary>The database of an issuer that runs, from outside.</summary>
internal static class IdentityDatabase
{
    /// <summary>What is saved from outside belongs to no request, and leaves no audit entry.</summary>
    private static readonly IServiceProvider NoRequest = new ServiceCollection().AddHttpContextAccessor().BuildServiceProvider();

    public static IdentityDb Open(this IdentityApp app) => app.Database.Length > 0
        ? new PostgresIdentityDb(new DbContextOptionsBuilder<PostgresIdentityDb>().UseNpgsql($"{app.Database};Pooling=false").UseApplicationServiceProvider(NoRequest).Options)
        : new SqliteIdentityDb(new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite($"Data Source={Path.Combine(app.DataFolder, "identity.db")};Pooling=false").UseApplicationServiceProvider(NoRequest).Options);

    /// <summary>What tokens are signed with now, as somebody has it who reads both the database and the secret.</summary>
    public static ECDsa SigningKey(this IdentityApp app)
    {
        using var db = app.Open();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(db.Keys.AsNoTracking().Where(k => k.Use == IssuerKey.Signing).AsEnumerable().Single(k => k.IsUsed(now)).Open(SHA256.HashData(Encoding.UTF8.GetBytes(app.Secret("issuer-keys")))), out _);
        return pair;
    }
}
