using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.Data.Sqlite;

namespace Recruitment.Bench;

/// <summary>A list of a million rows, against a plain read of the same file into one table with the same durability.</summary>
internal static class ImportBench
{
    private const int Rows = 1_000_000;
    private const int Together = 1000;
    private static readonly string[] Countries = ["Thailand", "Vietnam", "Cambodia", "Myanmar", "China", "India", "Bangladesh", "Turkey", "Portugal"];

    public static async Task<IReadOnlyList<Figure>> Run(Product product)
    {
        var list = Path.Combine(product.Folder, "bench.csv");
        await Write(list);
        var peer = await Plain(list, Path.Combine(product.Folder, "bench-peer.db"));

        using var chain = await Chain.Of(product);
        var watch = Stopwatch.StartNew();
        await using var file = File.OpenRead(list);
        using var content = new StreamContent(file);
        var import = await chain.Import(content);
        var seconds = watch.Elapsed.TotalSeconds;
        if (import.GetProperty("accepted").GetInt32() != Rows) throw new InvalidOperationException($"The list was not read whole: {import.GetRawText()}");

        return
        [
            Benchmarks.Import.Against(Rows / seconds, "CsvHelper into one SQLite table", Rows / peer),
            Benchmarks.ImportMemory.Shown(product.PeakMegabytes(), $"{seconds:0} s, upload included; events are still being handled"),
        ];
    }

    private static async Task Write(string path)
    {
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await text.WriteLineAsync("Vendor No,Factory name,Country,Address,Sector,Workers");
        for (var i = 0; i < Rows; i++)
            await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"V{i},Heron Mill {i / 2},{Countries[i % Countries.Length]},\"{i} Canal Road, District {i % 77}\",Apparel,{i * 37L % 5000}"));
    }

    private static async Task<double> Plain(string list, string database)
    {
        var watch = Stopwatch.StartNew();
        await using var file = new SqliteConnection($"Data Source={database};Pooling=False");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Rows (Number INTEGER PRIMARY KEY, Vendor TEXT, Name TEXT, Country TEXT, Address TEXT, Sector TEXT, Workers INTEGER)";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "INSERT INTO Rows VALUES ($0, $1, $2, $3, $4, $5, $6)";
        for (var i = 0; i < 7; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));

        using var csv = CsvReader.FromFile(list);
        for (var (number, more) = (0, true); more;)
        {
            await using var together = (SqliteTransaction)await file.BeginTransactionAsync();
            command.Transaction = together;
            for (var i = 0; i < Together && (more = csv.Read()); i++)
            {
                command.Parameters[0].Value = ++number;
                for (var column = 0; column < 5; column++) command.Parameters[column + 1].Value = csv.GetString(column);
                command.Parameters[6].Value = int.Parse(csv.GetString(5), CultureInfo.InvariantCulture);
                await command.ExecuteNonQueryAsync();
            }
            await together.CommitAsync();
        }
        return watch.Elapsed.TotalSeconds;
    }
}
