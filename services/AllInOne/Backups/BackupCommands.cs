using Microsoft.Data.Sqlite;

namespace Recruitment.AllInOne.Backups;

/// <summary><c>backup --data-folder DIR --to DIR</c> and <c>restore --from DIR --data-folder DIR --secrets DIR --erasure-list FILE [--without-cases true]</c>, without starting the product. 0, or 1 and one sentence.</summary>
internal static class BackupCommands
{
    public static bool Are(string[] args) => args is ["backup" or "restore", ..];

    private static readonly string[] OfBackup = ["data-folder", "to"], OfRestore = ["from", "data-folder", "secrets", "erasure-list", "without-cases"];

    public static int Run(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        string Need(string name) => given[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"--{name} is missing.");
        try
        {
            RequireKnown(args[0] == "backup" ? OfBackup : OfRestore, args);
            if (args[0] == "backup")
            {
                var taken = new Backup(Need("data-folder"), Need("to"), TimeProvider.System, name => Console.WriteLine($"Copied: {name}")).Take();
                Console.WriteLine($"Backed up: {taken}");
                return 0;
            }
            var (at, erasures, written) = new Restore(Need("from"), Need("data-folder"), Need("secrets"), Need("erasure-list"), given.GetValue("without-cases", false), TimeProvider.System).Bring();
            Console.WriteLine($"Restored: {given["data-folder"]} is as of {at.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC.");
            Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The list of erasures has {erasures} {(erasures == 1 ? "line" : "lines")}, and its file is of {written:O}. If the product wrote a newer one, do not start on this folder,"));
            Console.WriteLine("for what workers deleted since would come back: restore again, with the newest.");
            return 0;
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or IOException or UnauthorizedAccessException or SqliteException)
        {
            Console.Error.WriteLine(wrong is InvalidOperationException ? wrong.Message : $"{wrong.Message} It did not finish. Name folders that this account may read and write, with room for what goes there.");
            return 1;
        }
    }

    /// <summary>An option that nobody reads would be taken for one that holds.</summary>
    private static void RequireKnown(string[] options, string[] args)
    {
        for (var i = 1; i < args.Length; i += args[i].Contains('=', StringComparison.Ordinal) ? 1 : 2)
        {
            if (!options.Any(o => args[i] == $"--{o}" || args[i].StartsWith($"--{o}=", StringComparison.Ordinal)))
                throw new InvalidOperationException($"{args[0]} has no option {args[i]}. There are {string.Join(", ", options.Select(o => $"--{o}"))}, each with a value.");
        }
    }
}
