using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Something outside this database that it was begun with, by name: it is known again, and missed when it is gone.</summary>
public sealed class Mark
{
    public string Name { get; init; } = "";
    public string Value { get; init; } = "";

    /// <summary>Whoever is first keeps it: of two replicas that begin together the other must look what is there then.</summary>
    public static Task Keep(ServiceDb db, string name, string value, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlAsync($"INSERT INTO \"Marks\" (\"Name\", \"Value\") VALUES ({name}, {value}) ON CONFLICT DO NOTHING", stop);
    }

    /// <summary>Null when it was never kept.</summary>
    public static Task<string?> Of(ServiceDb db, string name, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<Mark>().Where(m => m.Name == name).Select(m => m.Value).SingleOrDefaultAsync(stop);
    }
}

public static class Marks
{
    /// <summary>The table behind <see cref="Mark"/>.</summary>
    public static void KeepMarks(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Mark>().ToTable("Marks").HasKey(m => m.Name);
    }
}
