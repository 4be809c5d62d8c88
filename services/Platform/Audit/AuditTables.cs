using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Recruitment.Platform;

/// <summary>The tables of the audit trail, and what the database itself refuses: changing an entry, or taking one away, whoever asks.</summary>
public static class AuditTables
{
    internal const string Trail = "AuditTrail";
    internal const string Heads = "AuditHeads";

    private static readonly string[] Written = ["Id", "At", "Epoch", "Who", "Party", "Session", "What", "About", "Outcome"];

    internal static void KeepAuditTables(this ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable(Trail).HasKey(e => e.Id);
            entry.Property(e => e.Id).ValueGeneratedNever();
            // A chain has each place once, whatever two replicas believe.
            entry.HasIndex(e => new { e.Party, e.Sequence }).IsUnique();
            entry.HasIndex(e => new { e.Party, e.At, e.Id });
            entry.HasIndex(e => new { e.At, e.Id });
            entry.HasIndex(e => e.Epoch).HasFilter("\"Sequence\" IS NULL").HasDatabaseName("IX_AuditTrail_Unsealed");
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable(Heads).HasKey(h => h.Party);
            head.Property(h => h.Party).ValueGeneratedNever();
        });
    }

    /// <summary>For the migration that makes the tables: entries are added, sealed once, and nothing else.</summary>
    public static void KeepAuditTrailAppendOnly(this MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        if (migration.ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true) OnSqlite(migration);
        else OnPostgres(migration);
    }

    /// <summary>For a PostgreSQL database under row policies: whoever acts adds, each organisation reads its own, the system seals.</summary>
    public static void LetEachReadItsOwnAuditTrail(this MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
        const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";
        foreach (var table in (string[])[Trail, Heads])
        {
            migration.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
            migration.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
            migration.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
            migration.Sql($"CREATE POLICY seen ON \"{table}\" FOR SELECT USING (\"Party\" = {Me})");
        }
        // Of whoever is refused for acting for nobody too.
        migration.Sql($"CREATE POLICY added ON \"{Trail}\" FOR INSERT WITH CHECK (\"Party\" = coalesce({Me}, '{Guid.Empty}'))");
    }

    private static void OnSqlite(MigrationBuilder migration)
    {
        const string Refuse = "BEGIN SELECT RAISE(ABORT, 'The audit trail is only ever added to.'); END";
        var changed = string.Join(" OR ", Written.Select(c => $"NEW.\"{c}\" IS NOT OLD.\"{c}\""));
        migration.Sql($"CREATE TRIGGER \"{Trail}Added\" BEFORE INSERT ON \"{Trail}\" WHEN {IsSealedInPart("NEW")} {Refuse}");
        migration.Sql($"CREATE TRIGGER \"{Trail}Sealed\" BEFORE UPDATE ON \"{Trail}\" WHEN {IsSealedInPart("OLD")} OR {IsOpenInPart("NEW")} OR {changed} {Refuse}");
        migration.Sql($"CREATE TRIGGER \"{Trail}Kept\" BEFORE DELETE ON \"{Trail}\" {Refuse}");
        migration.Sql($"CREATE TRIGGER \"{Heads}Moved\" BEFORE UPDATE ON \"{Heads}\" WHEN NEW.\"Party\" IS NOT OLD.\"Party\" OR NEW.\"Sequence\" <= OLD.\"Sequence\" {Refuse}");
        migration.Sql($"CREATE TRIGGER \"{Heads}Kept\" BEFORE DELETE ON \"{Heads}\" {Refuse}");
    }

    private static void OnPostgres(MigrationBuilder migration)
    {
        var changed = string.Join(" OR ", Written.Select(c => $"NEW.\"{c}\" IS DISTINCT FROM OLD.\"{c}\""));
        migration.Sql("""
            CREATE OR REPLACE FUNCTION audit_trail_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'The audit trail is only ever added to.' USING ERRCODE = 'insufficient_privilege'; END$$
            """);
        const string Refuse = "EXECUTE FUNCTION audit_trail_is_only_added_to()";
        migration.Sql($"CREATE TRIGGER added BEFORE INSERT ON \"{Trail}\" FOR EACH ROW WHEN ({IsSealedInPart("NEW")}) {Refuse}");
        migration.Sql($"CREATE TRIGGER sealed BEFORE UPDATE ON \"{Trail}\" FOR EACH ROW WHEN ({IsSealedInPart("OLD")} OR {IsOpenInPart("NEW")} OR {changed}) {Refuse}");
        migration.Sql($"CREATE TRIGGER moved BEFORE UPDATE ON \"{Heads}\" FOR EACH ROW WHEN (NEW.\"Party\" <> OLD.\"Party\" OR NEW.\"Sequence\" <= OLD.\"Sequence\") {Refuse}");
        foreach (var table in (string[])[Trail, Heads])
        {
            migration.Sql($"CREATE TRIGGER kept BEFORE DELETE ON \"{table}\" FOR EACH ROW {Refuse}");
            migration.Sql($"CREATE TRIGGER kept_whole BEFORE TRUNCATE ON \"{table}\" {Refuse}");
        }
    }

    private static string IsSealedInPart(string row) => $"{row}.\"Sequence\" IS NOT NULL OR {row}.\"Previous\" IS NOT NULL OR {row}.\"Hash\" IS NOT NULL";

    private static string IsOpenInPart(string row) => $"{row}.\"Sequence\" IS NULL OR {row}.\"Previous\" IS NULL OR {row}.\"Hash\" IS NULL";
}
