using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Recruitment.AllInOne.Backups;
using Recruitment.AllInOne.Demonstration;
using Recruitment.EndToEnd.Tests.Demonstration;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Recovery;

/// <summary>A drill: copied while it runs, killed, and brought back on another folder.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private static readonly Telling Kept = new("en", "Rung Fah Seafood Processing", "wages", "Two months without pay.", SafeNow: true);
    private readonly string shelf = Directory.CreateTempSubdirectory("recruitment-backups-").FullName;
    private readonly Loaded product = new(cases: 2);

    private string Secrets => Path.Combine(shelf, "secrets");

    private string ErasureList => Path.Combine(shelf, "erasure-list");

    private string Restored => Path.Combine(shelf, "restored");

    public ValueTask InitializeAsync() => product.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        if (Directory.Exists(shelf)) Directory.Delete(shelf, recursive: true);
    }

    [Fact]
    public async Task What_was_there_at_the_backup_is_there_again_and_what_a_worker_deleted_since_is_not()
    {
        using var form = new WorkerForm(product.Running.Address);
        var kept = await form.File(Kept, Loaded.Stop);
        var deleted = await form.File(Kept with { Text = "He will find out that I wrote." }, Loaded.Stop);
        await Answer("Two months without pay.", "Come to the office on Sunday.");
        var before = await Views.Of(product.Entrance, Loaded.Stop);
        var backup = await Backup();

        await Delete(deleted);
        using (var administrator = await product.Entrance.Machine($"demo-{Roles.Administrator}", Loaded.Stop)) await Rename(administrator, "Golden Ferry, renamed after the backup");
        await PutOnShelf();
        await product.Running.Kill();
        Assert.Equal("", await Program("restore", "--from", backup, "--data-folder", Restored, "--secrets", Secrets, "--erasure-list", ErasureList));
        // A file that is lost before the first start is missed there.
        Assert.All(new[] { "grievances.db", "erasure.db", "risk.db" }, name => Assert.True(File.Exists(Path.Combine(Restored, "databases-made", name))));
        await product.Running.StartAgain(Restored);

        await Views.Become(before, product.Entrance, Loaded.Stop);
        Assert.Equal("Come to the office on Sunday.", await form.Return("en", kept, Loaded.Stop));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf("mailbox", new { receipt = deleted }));
        Assert.DoesNotContain(await product.OpenedCases(), c => c.Texts[0].StartsWith("He will find out", StringComparison.Ordinal));
        await NewerThanBefore();
    }

    [Fact]
    public async Task A_restore_that_would_be_wrong_is_refused_in_one_sentence_and_makes_nothing()
    {
        await File.AppendAllTextAsync(Path.Combine(product.Running.DataFolder, "erasure-list"), $"{Guid.CreateVersion7()}\n", Loaded.Stop);
        var backup = await Backup();
        await PutOnShelf();

        // As long, and another.
        var other = Path.Combine(shelf, "other-list");
        await File.WriteAllLinesAsync(other, File.ReadLines(ErasureList).Select(_ => $"{Guid.CreateVersion7()}"), Loaded.Stop);
        Assert.Contains("it lacks what was on it when the backup was taken", await Refused(backup, list: other), StringComparison.Ordinal);
        await File.WriteAllLinesAsync(other, [.. File.ReadLines(ErasureList), "half a li"], Loaded.Stop);
        Assert.Contains("is none of ours: it is cut off", await Refused(backup, list: other), StringComparison.Ordinal);
        Assert.Contains("is not empty", await Program("restore", "--from", backup, "--data-folder", shelf, "--secrets", Secrets, "--erasure-list", ErasureList), StringComparison.Ordinal);
        Assert.Contains("There is no list of erasures at", await Refused(backup, list: Path.Combine(shelf, "none")), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Secrets, "receipt-pepper"), "another");
        Assert.Contains("The secret receipt-pepper", await Refused(backup), StringComparison.Ordinal);
        File.Copy(Path.Combine(product.Running.DataFolder, "secrets", "receipt-pepper"), Path.Combine(Secrets, "receipt-pepper"), overwrite: true);
        File.Move(Directory.GetFiles(Path.Combine(shelf, "erasure-keys")).Single(), Path.Combine(shelf, "kept-too-long"));
        Assert.Contains("it is written with the backup, in the folder erasure-keys beside it", await Refused(backup), StringComparison.Ordinal);
        TakeBack(backup, days: 7);
        Assert.Contains("copies of the erasure keys are kept 7 days", await Refused(backup), StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(backup, "risk.db"), "x");
        Assert.Contains("The backup is damaged: risk.db", await Refused(backup), StringComparison.Ordinal);
        Assert.Contains("Name the folder of one backup", await Refused(shelf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_keys_everything_but_the_cases_comes_back_and_a_backup_without_keys_is_none()
    {
        var before = await Views.Of(product.Entrance, Loaded.Stop);
        var backup = await Backup();
        await PutOnShelf();
        await product.Running.Kill();
        Directory.Delete(Path.Combine(shelf, "erasure-keys"), recursive: true);

        Assert.Equal("", await Program("restore", "--from", backup, "--data-folder", Restored, "--secrets", Secrets, "--erasure-list", ErasureList, "--without-cases", "true"));
        await product.Running.StartAgain(Restored);
        await Views.Become(before, product.Entrance, Loaded.Stop);
        await product.Running.Kill();
        File.Delete(Path.Combine(Restored, "erasure.db"));

        Assert.Contains("erasure.db was there before", await Program("backup", "--data-folder", Restored, "--to", Path.Combine(shelf, "more")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shelf, "more")));
    }

    [Fact]
    public async Task A_backup_that_would_be_lost_with_its_data_or_was_not_understood_is_refused()
    {
        var data = product.Running.DataFolder;

        Assert.Contains("Name another with --to", await Program("backup", "--data-folder", data, "--to", Path.Combine(data, "copies")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "copies")));
        Assert.Contains("backup has no option --whole", await Program("backup", "--data-folder", data, "--to", shelf, "--whole", "true"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(shelf));
        Assert.Contains("/dev/null/copies cannot be made or written: name one that can with --to.", await Program("backup", "--data-folder", data, "--to", "/dev/null/copies"), StringComparison.Ordinal);
    }

    /// <summary>Each would delete the other's unfinished copy.</summary>
    [Fact]
    public void A_second_backup_into_the_same_folder_is_refused_while_one_is_under_way_and_the_first_is_whole()
    {
        Exception? second = null;
        var first = new Backup(product.Running.DataFolder, shelf, TimeProvider.System, _ =>
            second ??= Record.Exception(() => new Backup(product.Running.DataFolder, shelf, TimeProvider.System, _ => { }).Take())).Take();

        Assert.Contains("is under way", Assert.IsType<InvalidOperationException>(second).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(first, "backup.json")));
        Assert.Equal([first], Directory.GetDirectories(shelf, "20*"));
    }

    [Fact]
    public async Task A_backup_opens_nothing_and_nobody_else_can_read_it()
    {
        var backup = await Backup();
        var secrets = Directory.GetFiles(Path.Combine(product.Running.DataFolder, "secrets")).Select(File.ReadAllText).ToList();

        Assert.NotEmpty(secrets);
        foreach (var (name, content) in await RawFiles.In(shelf)) Assert.All(secrets, s => Assert.False(content.Contains(s, StringComparison.Ordinal), name));
        Assert.DoesNotContain(Directory.GetFiles(backup), f => Path.GetFileName(f) is "erasure.db" or "erasure-list");
        Assert.All(Directory.GetFiles(shelf, "*", SearchOption.AllDirectories), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public async Task Who_reviewed_which_text_comes_back_and_nobody_who_was_signed_in()
    {
        using var office = new Office(product.Running.Address);
        await office.SignIn(Loaded.Stop);
        await office.Review("my", "safe.danger", Loaded.Stop);
        Assert.False(await office.IsAskedWho(Loaded.Stop));
        Assert.All(await Rows(product.Running.DataFolder, "web", OfSessions), rows => Assert.True(rows > 0));
        // In one process the web's database keeps the keys of both, and nobody was sent a link or asked to be let in.
        Assert.All((await Rows(product.Running.DataFolder, "identity", OfSignIns)).Skip(1).SkipLast(2), rows => Assert.True(rows > 0));
        var backup = await Backup();
        await PutOnShelf();
        await product.Running.Kill();

        Assert.Equal([0, 0, 1], await Rows(backup, "web", OfSessions));
        Assert.Equal([0, 0, 0, 0, 0, 0], await Rows(backup, "identity", OfSignIns));
        Assert.Equal("", await Program("restore", "--from", backup, "--data-folder", Restored, "--secrets", Secrets, "--erasure-list", ErasureList));
        await product.Running.StartAgain(Restored);

        Assert.True(await office.IsAskedWho(Loaded.Stop));
        using var again = new Office(product.Running.Address);
        await again.SignIn(Loaded.Stop);
        var texts = await again.Texts("my", Loaded.Stop);
        Assert.Contains("Reviewed by admin@open-hand.example", texts, StringComparison.Ordinal);
        Assert.Contains("none of it counts until somebody has looked it through", texts, StringComparison.Ordinal);
    }

    private static readonly string[] OfSessions = ["Tickets", "DataProtectionKeys", "TextReviews"], OfSignIns = ["DataProtectionKeys", "OpenIddictTokens", "OpenIddictAuthorizations", "Sessions", "PersonLinks", "Recoveries"];

    private static async Task<IReadOnlyList<long>> Rows(string folder, string name, string[] tables)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, $"{name}.db")};Pooling=False");
        await database.OpenAsync();
        var rows = new List<long>();
        foreach (var table in tables)
        {
            await using var count = database.CreateCommand();
            count.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            rows.Add((long)(await count.ExecuteScalarAsync())!);
        }
        return rows;
    }

    /// <summary>The folder of the backup.</summary>
    private async Task<string> Backup()
    {
        Assert.Equal("", await Program("backup", "--data-folder", product.Running.DataFolder, "--to", shelf));
        return Directory.GetDirectories(shelf, "20*").Single();
    }

    /// <summary>What an operator keeps elsewhere: the secrets of any time, and the list as it is now.</summary>
    private Task PutOnShelf()
    {
        Directory.CreateDirectory(Secrets);
        foreach (var secret in Directory.GetFiles(Path.Combine(product.Running.DataFolder, "secrets"))) File.Copy(secret, Path.Combine(Secrets, Path.GetFileName(secret)));
        File.Copy(Path.Combine(product.Running.DataFolder, "erasure-list"), ErasureList);
        return Task.CompletedTask;
    }

    private static void TakeBack(string backup, int days)
    {
        var file = Path.Combine(backup, "backup.json");
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!;
        manifest["TakenAt"] = manifest["TakenAt"]!.GetValue<DateTime>().AddDays(-days);
        File.WriteAllText(file, manifest.ToJsonString());
    }

    private async Task<string> Refused(string backup, string? list = null)
    {
        var said = await Program("restore", "--from", backup, "--data-folder", Restored, "--secrets", Secrets, "--erasure-list", list ?? ErasureList);
        Assert.False(Directory.Exists(Restored) || Directory.Exists($"{Restored}.restoring"));
        return said;
    }

    private async Task Answer(string story, string answer)
    {
        using var handler = await product.Person("noi@open-hand.example");
        var reader = await CaseReader.Enter(handler, Loader.Passphrase, Loaded.Stop);
        foreach (var id in await reader.Cases(Loaded.Stop))
        {
            if (await reader.Open(id, Loaded.Stop) is var opened && opened.Texts[0] == story) await reader.Reply(opened, answer, Loaded.Stop);
        }
    }

    private async Task Delete(string receipt) => Assert.Equal(HttpStatusCode.NoContent, await StatusOf("mailbox/deletion", new { receipt }));

    private async Task<HttpStatusCode> StatusOf(string path, object body)
    {
        using var service = await product.Entrance.Service(Loaded.Stop);
        using var answer = await service.PostAsJsonAsync(new Uri($"api/v1/grievances/{path}", UriKind.Relative), body, Loaded.Stop);
        return answer.StatusCode;
    }

    private static async Task Rename(HttpClient administrator, string name)
    {
        const string id = "11111111-0000-4000-8000-000000000008";
        var version = (await administrator.Get($"api/v1/suppliers/parties?ids={id}", Loaded.Stop)).GetProperty("items")[0].GetProperty("version").GetInt32();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"api/v1/suppliers/parties/{id}", UriKind.Relative)) { Content = JsonContent.Create(new { kind = "recruiter", name, country = "KHM" }) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await administrator.SendAsync(request, Loaded.Stop);
        await answer.Read(Loaded.Stop);
    }

    /// <summary>The publisher forgot what it said after the backup; what it says now counts as newer all the same.</summary>
    private async Task NewerThanBefore()
    {
        using var administrator = await product.Entrance.Machine($"demo-{Roles.Administrator}", Loaded.Stop);
        await Rename(administrator, "Golden Ferry, renamed after the restore");
        using var stranger = product.Running.Client();
        await Wait.Until(async () => (await stranger.GetStringAsync(new Uri("api/v1/register/recruiters", UriKind.Relative), Loaded.Stop)).Contains("renamed after the restore", StringComparison.Ordinal),
            "what was changed after the restore did not reach the register");
    }

    /// <summary>What it said in refusing; empty when it did it.</summary>
    private static async Task<string> Program(params string[] arguments)
    {
        var start = new ProcessStartInfo(StartedProgram.Executable("AllInOne")) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var program = Process.Start(start)!;
        var said = await program.StandardError.ReadToEndAsync(Loaded.Stop);
        await program.WaitForExitAsync(Loaded.Stop);
        Assert.Equal(said.Length == 0 ? 0 : 1, program.ExitCode);
        return said;
    }
}
