using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform.Tests.Due;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Hooks;

/// <summary>An organisation's programs are told what happened, signed, at least once, and see how it went; nobody else does.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-hooks-").FullName;
    private readonly MovedTime time = new();
    private readonly Guid brand = Guid.CreateVersion7();
    private WebhookReceiver receiver = null!;
    private Workplace place = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await WebhookReceiver.Start();
        place = await Workplace.Open(folder, time, answers: true);
    }

    public async ValueTask DisposeAsync()
    {
        await place.DisposeAsync();
        await receiver.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_happened_is_told_in_the_standard_format_under_the_secret_that_was_shown_once()
    {
        var (id, secret) = await Opened();
        await Happens();

        await place.Work();

        var told = Assert.Single(receiver.Heard);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.StartsWith("msg_", told.Id, StringComparison.Ordinal);
        Assert.Equal(Signature(secret, told), told.Signature);
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal(("thing.done", "done"), (body.GetProperty("type").GetString(), body.GetProperty("data").GetProperty("state").GetString()));
        Assert.True(DateTime.TryParse(body.GetProperty("timestamp").GetString(), System.Globalization.CultureInfo.InvariantCulture, out _));
        Assert.Equal(["type", "timestamp", "data"], body.EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain(told.Headers, h => h.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || h.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        var delivery = Assert.Single(await Deliveries(id));
        Assert.Equal(("arrived", told.Id, 200), (delivery.GetProperty("state").GetString(), delivery.GetProperty("webhookId").GetString(), delivery.GetProperty("tries")[0].GetProperty("statusCode").GetInt32()));
        Assert.DoesNotContain(secret, (await Get(brand, "")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_is_that_of_the_published_example()
    {
        // The example of the Standard Webhooks specification's own libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var headers = WebhookSignature.Headers("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8.ToArray(), [secret]).ToDictionary();

        Assert.Equal(("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"), (headers["webhook-id"], headers["webhook-timestamp"]));
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
    }

    [Fact]
    public async Task What_was_never_saved_is_never_told_and_other_organisations_and_other_kinds_hear_nothing()
    {
        await Opened();
        await Opened(Guid.CreateVersion7());
        await place.In(async db => await db.Announce(brand, "thing.done", new { }, CancellationToken.None));
        await place.In(async db => { await db.Announce(brand, "thing.begun", new { }, CancellationToken.None); await db.SaveChangesAsync(); });

        await place.Work();
        Assert.Empty(receiver.Heard);
        await Assert.ThrowsAsync<InvalidOperationException>(() => place.In(db => db.Announce(brand, "thing.unheard_of", new { }, CancellationToken.None)));
    }

    [Fact]
    public async Task Who_does_not_take_it_is_tried_again_under_the_same_id_until_three_days_later_it_is_given_up_and_the_webhook_marked()
    {
        receiver.Status = 500;
        var (id, _) = await Opened();
        await Happens();

        var begun = time.Now;
        for (var i = 0; i < 20; i++)
        {
            await place.Work();
            if (await place.Waiting() == 0) break;
            time.Move(DeliverWebhook<WorkDb>.Pauses[Math.Min(i, DeliverWebhook<WorkDb>.Pauses.Length - 1)]);
        }

        Assert.Equal(DeliverWebhook<WorkDb>.Pauses.Length + 1, receiver.Heard.Count);
        Assert.Single(receiver.Heard.Select(h => h.Id).Distinct());
        Assert.InRange(time.Now - begun, TimeSpan.FromDays(1), TimeSpan.FromDays(4));
        Assert.Equal("given_up", Assert.Single(await Deliveries(id)).GetProperty("state").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await Get(brand, "")).GetProperty("items")[0].GetProperty("failingSince").ValueKind);

        receiver.Status = 204;
        using (var again = await As(brand).PostAsync(Path($"/{id}/deliveries/{(await Deliveries(id))[0].GetProperty("id").GetGuid()}/again"), null)) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        await place.Work();
        Assert.Equal("arrived", Assert.Single(await Deliveries(id)).GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, (await Get(brand, "")).GetProperty("items")[0].GetProperty("failingSince").ValueKind);
    }

    [Fact]
    public async Task What_became_of_a_delivery_is_forgotten_after_thirty_days_also_where_no_other_follows()
    {
        var (id, _) = await Opened();
        await Happens();
        await place.Work();

        time.Move(TimeSpan.FromDays(29));
        await place.Work();
        Assert.Single(await Deliveries(id));
        time.Move(TimeSpan.FromDays(2));
        await place.Work();

        Assert.Empty(await Deliveries(id));
        await place.In(async db => Assert.Equal(0, await db.Set<WebhookTry>().CountAsync()));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_not_tried_again()
    {
        var (id, _) = await Opened(path: "/gone");
        await Happens();

        await place.Work();

        Assert.Equal(0, await place.Waiting());
        Assert.Equal("given_up", Assert.Single(await Deliveries(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task For_a_day_after_a_change_of_the_secret_both_sign_and_then_the_new_one_alone()
    {
        var (id, old) = await Opened();
        using var changed = await As(brand).PostAsync(Path($"/{id}/secret"), null);
        var secret = (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
        await Happens();
        await place.Work();
        time.Move(TimeSpan.FromHours(25));
        await Happens();
        await place.Work();

        var (first, second) = (receiver.Heard.First(), receiver.Heard.Last());
        Assert.Equal($"{Signature(secret, first)} {Signature(old, first)}", first.Signature);
        Assert.Equal(Signature(secret, second), second.Signature);
    }

    [Fact]
    public async Task Asked_for_again_because_an_answer_was_lost_a_new_secret_does_not_end_the_one_that_the_receiver_has()
    {
        var (id, known) = await Opened();
        using var lost = await As(brand).PostAsync(Path($"/{id}/secret"), null);
        using var again = await As(brand).PostAsync(Path($"/{id}/secret"), null);
        await Happens();
        await place.Work();

        var told = receiver.Heard.Single();
        Assert.Equal(3, told.Signature.Split(' ').Length);
        Assert.Contains(Signature(known, told), told.Signature, StringComparison.Ordinal);
        Assert.StartsWith(Signature((await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!, told), told.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_ended_is_told_nothing_more_not_even_what_waits()
    {
        receiver.Status = 503;
        var (id, _) = await Opened();
        await Happens();
        await place.Work();
        using (var ended = await As(brand).PostAsync(Path($"/{id}/end"), null)) Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await Happens();
        time.Move(TimeSpan.FromMinutes(10));
        await place.Work();

        Assert.Single(receiver.Heard);
        Assert.Equal(0, await place.Waiting());
        using var twice = await As(brand).PostAsync(Path($"/{id}/end"), null);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public async Task Another_organisation_and_another_role_reach_nothing_of_it()
    {
        var (id, _) = await Opened();
        await Happens();
        await place.Work();
        var delivery = (await Deliveries(id))[0].GetProperty("id").GetGuid();
        var stranger = As(Guid.CreateVersion7());

        foreach (var path in new[] { $"/{id}/end", $"/{id}/secret", $"/{id}/deliveries/{delivery}/again" })
        {
            using var answer = await stranger.PostAsync(Path(path), null);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using (var read = await stranger.GetAsync(Path($"/{id}/deliveries"))) Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>(Path(""))).GetProperty("items").GetArrayLength());
        using var other = place.Client(Roles.SupplierUser, brand);
        using var refused = await other.GetAsync(Path(""));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Asked_for_twice_under_one_key_it_is_made_once_and_the_secret_is_in_the_first_answer_alone()
    {
        using var client = As(brand);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var wish = new { url = $"{receiver.Address}/", events = new[] { "thing.done" } };

        using var first = await client.PostAsJsonAsync(Path(""), wish);
        using var second = await client.PostAsJsonAsync(Path(""), wish);

        var (one, two) = (await first.Content.ReadFromJsonAsync<JsonElement>(), await second.Content.ReadFromJsonAsync<JsonElement>());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(one.GetProperty("id").GetGuid(), two.GetProperty("id").GetGuid());
        var secret = one.GetProperty("secret").GetString()!;
        Assert.Equal(JsonValueKind.Null, two.GetProperty("secret").ValueKind);
        await place.In(async db => Assert.DoesNotContain(secret, string.Concat(await db.Set<KeptAnswer>().Select(a => a.Body).ToListAsync()), StringComparison.Ordinal));
        await place.In(async db => Assert.Equal(-1, (await db.Set<Webhook>().SingleAsync()).Secret.AsSpan().IndexOf(Convert.FromBase64String(secret[6..]))));
    }

    /// <summary>Were the webhook committed before its answer, the others would find a key without one.</summary>
    [Fact]
    public async Task Asked_for_many_times_at_once_under_one_key_it_is_made_once_and_all_are_answered()
    {
        using var client = As(brand);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "many");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsJsonAsync(Path(""), new { url = $"{receiver.Address}/", events = new[] { "thing.done" } })));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadFromJsonAsync<JsonElement>()))).Select(a => a.GetProperty("id").GetGuid()).Distinct());
        await place.In(async db => Assert.Equal(1, await db.Set<Webhook>().CountAsync()));
    }

    [Fact]
    public async Task A_version_that_somebody_else_has_changed_since_is_refused()
    {
        var (id, _) = await Opened();
        using var client = As(brand);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path($"/{id}/secret")) { Headers = { { "If-Match", "\"7\"" } } };

        using var refused = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
    }

    [Theory]
    [InlineData("https://10.0.0.1/", "thing.done")]
    [InlineData("http://example.org/", "thing.done")]
    [InlineData("https://example.org/", "thing.unheard_of")]
    [InlineData("https://example.org/", null)]
    [InlineData(null, "thing.done")]
    public async Task What_cannot_be_called_or_told_is_refused(string? url, string? kind)
    {
        using var refused = await As(brand).PostAsJsonAsync(Path(""), new { url, events = kind is null ? null : new[] { kind } });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task An_organisation_cannot_have_webhooks_without_end()
    {
        for (var i = 0; i < Webhook.MostOpen; i++) await Opened();

        using var refused = await As(brand).PostAsJsonAsync(Path(""), new { url = "https://example.org/", events = new[] { "thing.done" } });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task The_log_is_forgotten_after_a_month()
    {
        var (id, _) = await Opened();
        await Happens();
        await place.Work();
        time.Move(TimeSpan.FromDays(31));
        await Happens();
        await place.Work();

        Assert.Single(await Deliveries(id));
        await place.In(async db => Assert.Equal(1, await db.Set<WebhookTry>().CountAsync()));
    }

    [Fact]
    public async Task Receivers_that_never_answer_hold_up_nobody_elses_webhooks()
    {
        var other = Guid.CreateVersion7();
        for (var i = 0; i < Webhook.MostOpen; i++) await Opened(path: "/hangs");
        await Opened(other);
        for (var i = 0; i < 2; i++) await Happens();
        await Happens(other);

        await WorkUntil(() => receiver.Heard.Any(h => h.Path == "/status"));

        Assert.InRange(receiver.Heard.TakeWhile(h => h.Path == "/hangs").Count(), 0, DeliverWebhook<WorkDb>.AtOnce - 1);
    }

    [Fact]
    public async Task Nor_does_one_hold_up_the_other_webhooks_of_its_organisation()
    {
        const int Events = 20;
        await Opened(path: "/hangs");
        await Opened();
        for (var i = 0; i < Events; i++) await Happens();

        await WorkUntil(() => receiver.Heard.Count(h => h.Path == "/status") == Events);

        Assert.InRange(receiver.Heard.Count(h => h.Path == "/hangs"), 0, DeliverWebhook<WorkDb>.AtOnce - 1);
    }

    [Fact]
    public async Task What_waits_since_an_earlier_release_is_told_too()
    {
        await Opened();
        await Happens();
        await place.In(async db =>
        {
            var (row, delivery) = (await db.Set<DueRow>().SingleAsync(), await db.Set<WebhookDelivery>().SingleAsync());
            db.NotDue(row.Kind, row.Subject);
            db.Due(row.Kind, delivery.Id.ToString("N"), row.DueAt);
            await db.SaveChangesAsync();
        });

        await place.Work();

        Assert.Single(receiver.Heard);
    }

    /// <summary>Begins what is due until that is so; what hangs then is left as when a process ends.</summary>
    private async Task WorkUntil(Func<bool> isSo)
    {
        using var end = new CancellationTokenSource();
        var working = place.Work(end.Token);
        await Wait.Until(() => Task.FromResult(isSo()), "it waited behind what hangs");
        await end.CancelAsync();
        try
        {
            await working;
        }
        catch (OperationCanceledException)
        {
            // It was stopped while it looked for more.
        }
    }

    private async Task<(Guid Id, string Secret)> Opened(Guid? party = null, string path = "/status")
    {
        using var answer = await As(party ?? brand).PostAsJsonAsync(Path(""), new { url = $"{receiver.Address}{path}", events = new[] { "thing.done" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    private Task Happens(Guid? party = null) => place.In(async db =>
    {
        await db.Announce(party ?? brand, "thing.done", new { state = "done" }, CancellationToken.None);
        await db.SaveChangesAsync();
    });

    private async Task<List<JsonElement>> Deliveries(Guid id) => [.. (await Get(brand, $"/{id}/deliveries")).GetProperty("items").EnumerateArray()];

    private Task<JsonElement> Get(Guid party, string path) => As(party).GetFromJsonAsync<JsonElement>(Path(path));

    private HttpClient As(Guid party) => place.Client(Roles.BrandAnalyst, party);

    private static Uri Path(string path) => new($"api/v1/work/webhooks{path}", UriKind.Relative);

    private static string Signature(string secret, WebhookHeard told) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{told.Id}.{told.Timestamp}.{told.Body}")))}";
}
