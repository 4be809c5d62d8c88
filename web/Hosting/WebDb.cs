using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>What the web keeps: sign-in tickets and the keys that protect them.</summary>
internal abstract class WebDb(DbContextOptions options) : ServiceDb(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.ToTable("Tickets").HasKey(t => t.Key);
            ticket.HasIndex(t => t.ExpiresAt);
        });
    }
}

internal sealed class PostgresWebDb(DbContextOptions<PostgresWebDb> options) : WebDb(options);

internal sealed class SqliteWebDb(DbContextOptions<SqliteWebDb> options) : WebDb(options);

/// <summary>A signed-in session, encrypted with the web's Data Protection keys.</summary>
internal sealed class Ticket
{
    public string Key { get; init; } = "";
    public byte[] Protected { get; set; } = [];
    public DateTime ExpiresAt { get; set; }
}
