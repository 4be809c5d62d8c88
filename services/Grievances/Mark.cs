namespace Recruitment.Grievances;

/// <summary>Something outside this database that it was begun with, by name: it is known again, and missed when it is gone.</summary>
internal sealed class Mark
{
    public string Name { get; init; } = "";
    public string Value { get; init; } = "";

    /// <summary>Whoever is first keeps it: of two replicas that begin together the other must look what is there then.</summary>
    public static Task Keep(GrievancesDb db, string name, string value, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO \"Marks\" (\"Name\", \"Value\") VALUES ({name}, {value}) ON CONFLICT DO NOTHING", stop);

    /// <summary>Null when it was never kept.</summary>
    public static Task<string?> Of(GrievancesDb db, string name, CancellationToken stop) =>
        db.Marks.Where(m => m.Name == name).Select(m => m.Value).SingleOrDefaultAsync(stop);
}
