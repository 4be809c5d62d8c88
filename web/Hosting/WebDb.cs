using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Hosting;

/// <summary>What the web keeps: sign-in tickets, the keys that protect them, and which wordings were reviewed by whom.</summary>
internal abstract class WebDb(DbContextOptions options) : ServiceDb(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TextReview> TextReviews => Set<TextReview>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.ToTable("Tickets").HasKey(t => t.Key);
            ticket.HasIndex(t => t.ExpiresAt);
        });
        modelBuilder.Entity<TextReview>(review =>
        {
            review.ToTable("TextReviews").HasKey(r => r.Id);
            review.Property(r => r.Id).ValueGeneratedNever();
            review.Property(r => r.Note).HasMaxLength(TextReview.LongestNote);
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
