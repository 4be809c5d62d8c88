namespace Recruitment.Grievances.Erasure;

/// <summary>That there is a list of erasures since the first start: with this note and without the file, it was lost.</summary>
internal sealed class BegunList
{
    /// <summary>There is one list for all replicas.</summary>
    public int Id { get; init; } = 1;

    public static Task Note(GrievancesDb db, CancellationToken stop) =>
        db.Database.ExecuteSqlRawAsync("INSERT INTO \"BegunLists\" (\"Id\") VALUES (1) ON CONFLICT DO NOTHING", stop);
}
