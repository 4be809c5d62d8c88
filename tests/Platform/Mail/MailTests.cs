using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform.Tests.Due;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Mails;

/// <summary>A mail goes with what caused it, is tried until it is taken or refused for good, and what it said is kept no longer than that.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private const string Words = "The words of this mail";
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-mail-").FullName;
    private readonly MovedTime time = new();
    private readonly TestMailServer server = new();

    private string[] Settings => ["--Mail:Smtp:Host", "127.0.0.1", "--Mail:Smtp:Port", $"{server.Port}", "--Mail:Smtp:Security", "none", "--Mail:From", "office@example.org"];

    [Fact]
    public async Task Mails_that_follow_each_other_go_over_one_connection_and_are_kept_without_address_and_words()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "anna@example.org", "ben@example.org", "carl@example.org");

        await place.Work();

        Assert.Equal(["anna@example.org", "ben@example.org", "carl@example.org"], server.Taken.Select(m => m.Split('\n').Single(l => l.StartsWith("To: ", StringComparison.Ordinal))[4..]).Order());
        Assert.All(server.Taken, m => Assert.Contains(Words, m, StringComparison.Ordinal));
        Assert.Equal(1, server.Connections);
        Assert.All(await Kept(place), m => Assert.Equal((Mail.Sent, (byte[]?)null), (m.State, m.Sealed)));
        Assert.Equal(0, await place.Waiting());
    }

    [Fact]
    public async Task How_a_mail_ended_is_forgotten_after_thirty_days_also_where_no_other_follows()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "anna@example.org");
        await place.Work();

        time.Move(TimeSpan.FromDays(29));
        await place.Work();
        Assert.Single(await Kept(place));
        time.Move(TimeSpan.FromDays(2));
        await place.Work();

        Assert.Empty(await Kept(place));
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_each_mail_gets_the_next_over_a_new_connection_at_once()
    {
        server.HangsUp = true;
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "anna@example.org", "ben@example.org");

        await place.Work();

        Assert.Equal(2, server.Taken.Count);
    }

    [Fact]
    public async Task What_was_never_saved_is_never_sent_and_what_waits_is_sealed_in_the_database()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "Looks into the file.");
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await place.In(db => { db.SendMail("ghost@example.org", "Never", Words); return Task.CompletedTask; });
        await Send(place, "later@example.org");

        await place.Work();

        Assert.Empty(server.Taken);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(folder, "work.db*"))
        {
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("later@example.org", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(Words, bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_is_not_ready_is_asked_again_later_and_holds_up_no_other_mail()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "later@example.org", "anna@example.org");

        await place.Work();
        Assert.Contains("anna@example.org", Assert.Single(server.Taken), StringComparison.Ordinal);
        var waits = Assert.Single(await Kept(place), m => m.State == Mail.Waiting);
        Assert.Equal((1, "The mail server did not accept the address (451)."), (waits.Tries, waits.Reason));
        server.Mended["later"] = true;
        await place.Work();
        Assert.Single(server.Taken);
        time.Move(TimeSpan.FromMinutes(2));
        await place.Work();

        Assert.Equal(2, server.Taken.Count);
    }

    [Fact]
    public async Task A_connection_cut_after_the_whole_mail_was_given_makes_a_second_try_under_the_same_message_id()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "cut@example.org");

        await place.Work();
        server.Mended["cut"] = true;
        time.Move(TimeSpan.FromMinutes(2));
        await place.Work();

        Assert.Single(server.Taken);
        Assert.Equal(2, server.Offered.Count);
        Assert.Single(server.Offered.Distinct());
    }

    [Theory]
    [InlineData("nobody@example.org", "The mail server did not accept the address (550).")]
    [InlineData("spam@example.org", "The mail server did not accept the mail (554).")]
    public async Task What_the_server_refuses_for_good_ends_with_the_servers_number_and_without_its_sentence(string to, string reason)
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, to);

        await place.Work();

        var refused = Assert.Single(await Kept(place));
        Assert.Equal((Mail.Refused, reason, (byte[]?)null), (refused.State, refused.Reason, refused.Sealed));
        Assert.Equal(place.Clock.DayOf(time.Now), refused.EndedOn);
        Assert.Equal(0, await place.Waiting());
    }

    [Fact]
    public async Task A_sender_that_the_server_does_not_want_is_the_operators_to_mend_and_mails_wait_for_it()
    {
        await using (var place = await Workplace.Open(folder, time, settings: [.. Settings[..^1], "unwanted@example.org"]))
        {
            await Send(place, "anna@example.org");
            await place.Work();
            Assert.Equal("The mail server did not accept the sender (Mail:From) (550).", Assert.Single(await Kept(place)).Reason);
        }

        await using var mended = await Workplace.Open(folder, time, settings: Settings);
        time.Move(TimeSpan.FromMinutes(2));
        await mended.Work();

        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task After_the_last_try_a_mail_is_given_up_and_erased()
    {
        await using var place = await Workplace.Open(folder, time, settings: [.. Settings, "--Mail:Tries", "2"]);
        await Send(place, "later@example.org");

        await place.Work();
        time.Move(TimeSpan.FromMinutes(2));
        await place.Work();

        var ended = Assert.Single(await Kept(place));
        Assert.Equal((Mail.GivenUp, 2, (byte[]?)null), (ended.State, ended.Tries, ended.Sealed));
        Assert.Equal(0, await place.Waiting());
    }

    [Fact]
    public async Task A_mail_that_leaves_no_trace_leaves_none()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await place.In(async db => { db.SendMail("anna@example.org", "Look", Words, leavesNoTrace: true); await db.SaveChangesAsync(); });

        await place.Work();

        Assert.Single(server.Taken);
        Assert.Empty(await Kept(place));
    }

    [Fact]
    public async Task How_a_mail_ended_is_forgotten_after_a_month()
    {
        await using var place = await Workplace.Open(folder, time, settings: Settings);
        await Send(place, "anna@example.org");
        await place.Work();

        time.Move(TimeSpan.FromDays(32));
        await Send(place, "ben@example.org");
        await place.Work();

        Assert.Single(await Kept(place));
    }

    [Fact]
    public async Task Two_replicas_send_each_mail_once()
    {
        await using var one = await Workplace.Open(folder, time, settings: Settings);
        await using var other = await Workplace.Open(folder, time, settings: Settings);
        await Send(one, [.. Enumerable.Range(0, 20).Select(i => $"a{i}@example.org")]);

        await Task.WhenAll(one.Work(), other.Work());

        Assert.Equal(20, server.Taken.Count);
    }

    [Fact]
    public async Task Without_a_server_mails_are_files_and_an_administrator_and_nobody_else_sees_how_they_stand()
    {
        await using var place = await Workplace.Open(folder, time, runs: true);
        await Send(place, "anna@example.org");
        await Wait.Until(() => Task.FromResult(Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length == 1), "no mail was written");

        using var administrator = place.Client(Roles.Administrator);
        using var nobody = place.Client(Roles.SchemeManager);
        using (var refused = await nobody.GetAsync(new Uri("api/v1/work/mails", UriKind.Relative))) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await Wait.Until(async () => (await administrator.GetFromJsonAsync<JsonElement>("api/v1/work/mails")).GetProperty("items")[0].GetProperty("state").GetString() == "sent", "it was not sent");

        Assert.DoesNotContain("anna", (await administrator.GetFromJsonAsync<JsonElement>("api/v1/work/mails")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("To: anna@example.org", await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Single()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Smtp:Security", "--Mail:Smtp:Host", "mail.example.org", "--Mail:From", "a@example.org", "--Mail:Smtp:Security", "none")]
    [InlineData("Mail:Smtp:Security", "--Mail:Smtp:Host", "mail.example.org", "--Mail:From", "a@example.org", "--Mail:Smtp:Security", "sometimes")]
    [InlineData("Mail:From", "--Mail:Smtp:Host", "mail.example.org")]
    [InlineData("Mail:From", "--Mail:From", "nobody")]
    [InlineData("Mail:Smtp:Password", "--Mail:Smtp:Host", "mail.example.org", "--Mail:From", "a@example.org", "--Mail:Smtp:User", "a")]
    [InlineData("Mail:Smtp:Host", "--Mail:Smtp:User", "a", "--Mail:Smtp:Password", "b")]
    [InlineData("Mail:Smtp:Port", "--Mail:Smtp:Host", "mail.example.org", "--Mail:From", "a@example.org", "--Mail:Smtp:Port", "0")]
    [InlineData("Mail:Tries", "--Mail:Tries", "0")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string named, params string[] settings)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Workplace.Open(folder, time, runs: true, settings: settings));

        Assert.Contains(named, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_the_start_with_a_sentence_that_names_it()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "mail"), "a file where the folder should be");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Workplace.Open(folder, time, runs: true));

        Assert.Contains(Path.Combine(folder, "mail"), refused.Message, StringComparison.Ordinal);
    }

    private static Task Send(Workplace place, params string[] to) => place.In(async db =>
    {
        foreach (var address in to) db.SendMail(address, "Please look", Words);
        await db.SaveChangesAsync();
    });

    private static async Task<List<Mail>> Kept(Workplace place)
    {
        List<Mail> mails = [];
        await place.In(async db => mails = await db.Set<Mail>().AsNoTracking().ToListAsync());
        return mails;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
