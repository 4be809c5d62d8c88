using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>The service with two intake readers, a Suppliers of its own making, and words for what tests want.</summary>
public sealed class GrievancesApp : IAsyncLifetime
{
    public static readonly Guid Operator = Guid.CreateVersion7();
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<string, string> settings;
    private ServiceHost<Program>? host;

    public GrievancesApp() => settings = [];

    /// <summary>For a class that needs other numbers than the defaults.</summary>
    internal GrievancesApp(Dictionary<string, string> settings) => this.settings = settings;

    internal ServiceHost<Program> Host => host!;
    internal FakeSuppliers Suppliers { get; } = new();
    internal FakeIdentity Identity { get; } = new();
    internal LogLines Log { get; } = new();
    internal TestReader Mai { get; private set; } = null!;
    internal TestReader Somchai { get; private set; } = null!;
    public HttpClient Worker { get; private set; } = null!;
    public HttpClient Administrator => Host.Client(Roles.Administrator, Operator, PartyKinds.Operator);

    public async ValueTask InitializeAsync()
    {
        host = await Start(settings);
        Worker = host.Anonymous();
        Mai = await Register("mai", intake: true);
        Somchai = await Register("somchai", intake: true);
    }

    internal Task<ServiceHost<Program>> Start(Dictionary<string, string>? settings = null, bool erasureStore = true) => ServiceHost<Program>.Start("grievances", erasureStore ? WithErasureStore(settings ?? []) : settings,
        services => services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Log).AddHttpClient(typeof(SuppliersClient).FullName!).ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(7)).ConfigurePrimaryHttpMessageHandler(() => Suppliers)
            .Services.AddHttpClient(typeof(IdentityClient).FullName!).ConfigurePrimaryHttpMessageHandler(() => Identity));

    private static Dictionary<string, string> WithErasureStore(Dictionary<string, string> settings)
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            settings["ConnectionStrings:erasure"] = $"{postgres};Database=test_erasure_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        return settings;
    }

    internal async Task<TestReader> Register(string name, bool intake, Guid? party = null, params Guid[] ties)
    {
        var keys = Hpke.NewKeyPair();
        var client = Host.Client(Roles.CaseHandler, party ?? Operator, PartyKinds.Operator, name);
        using var response = await client.PostAsJsonAsync("/api/v1/grievances/readers", new { publicKey = Convert.ToBase64String(keys.PublicKey), wrappedKey = TestReader.Wrap(keys.PrivateKey, "a long passphrase"), ties });
        response.EnsureSuccessStatusCode();
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var assigned = await Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{id}/intake", new { intake });
        assigned.EnsureSuccessStatusCode();
        return new(id, client, keys);
    }

    /// <summary>Her membership ends, and this service has asked since.</summary>
    internal async Task Leaves(string subject)
    {
        Identity.Left.Add(subject);
        await CallTheRoll();
    }

    /// <summary>Which day it is where readers work.</summary>
    internal DateOnly Today => Options.TodayOf(Host.Services.GetRequiredService<Recruitment.Platform.BusinessClock>());

    /// <summary>That day, or the next on which readers work.</summary>
    internal DateOnly Working(DateOnly day) => Options.WorkingDay(day);

    private GrievancesOptions Options => Host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<GrievancesOptions>>().Value;

    internal async Task CallTheRoll()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Recruitment.Grievances.Readers.ReaderRoll>().Call(CancellationToken.None);
    }

    internal async Task<string> Receipt()
    {
        using var response = await Worker.PostAsync(new Uri("/api/v1/grievances/receipts", UriKind.Relative), null);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipt").GetString()!;
    }

    internal async Task<string> File(string text = "They keep my passport", bool count = true, bool? under18 = false, bool? safe = true, string? topic = "documents", int? told = null)
    {
        var receipt = await Receipt();
        using var response = await Post("", new { receipt, language = "my", safeNow = safe, under18, topic, text, useAnonymisedForStats = count, countedTogether = told, formId = Guid.CreateVersion7() });
        response.EnsureSuccessStatusCode();
        return receipt;
    }

    internal Task<HttpResponseMessage> Post(string path, object body) => Worker.PostAsJsonAsync($"/api/v1/grievances{path}", body);

    /// <summary>The newest case this reader sees: the one not among those known before.</summary>
    internal static async Task<Guid> Only(TestReader reader, Func<Task> file)
    {
        var before = await reader.List();
        await file();
        return (await reader.List()).Except(before).Single();
    }

    /// <summary>Whose site it is, as Suppliers knows from now on.</summary>
    internal Guid Owner(Guid site) => Suppliers.Owners.GetOrAdd(site, _ => Guid.CreateVersion7());

    /// <summary>Files, names the accused, and confirms for a site of theirs.</summary>
    internal async Task<string> Confirmed(Guid site, Guid accused, int? told = null)
    {
        Suppliers.Owners[site] = accused;
        var receipt = "";
        var id = await Only(Mai, async () => receipt = await File(told: told));
        await Mai.Name(id, accused);
        using var confirmed = await Mai.Confirm(id, await Mai.Token(id), site);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, confirmed.StatusCode);
        return receipt;
    }

    /// <summary>Moves the demonstration clock to the next release day and does what is due.</summary>
    internal async Task Release()
    {
        var next = await Administrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances/releases/next");
        Host.Services.GetRequiredService<BusinessClock>().MoveTo(DateOnly.Parse(next.GetProperty("dueOn").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        await Wait.Until(async () => (await Administrator.GetFromJsonAsync<JsonElement>("/api/v1/grievances/releases/next")).GetProperty("period").GetString()
            != next.GetProperty("period").GetString(), "nothing was released");
    }

    internal async Task<IReadOnlyList<Recruitment.Contracts.Grievances.SignalsReleased>> Signals() =>
        await Host.Published<Recruitment.Contracts.Grievances.SignalsReleased, GrievancesDb>();

    /// <summary>A test of what a thief of the disk would read looks at the files of this process; a database server keeps its own elsewhere.</summary>
    internal static void NeedsItsFiles() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "The files of the database server are not in the data folder; looked at on SQLite.");

    internal GrievancesDb Db() => Host.Services.CreateScope().ServiceProvider.GetRequiredService<GrievancesDb>();

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }
}

/// <summary>Answers as Identity does: everybody still has her role, but those who left.</summary>
internal sealed class FakeIdentity : HttpMessageHandler
{
    public HashSet<string> Left { get; } = [];
    public bool IsAway { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway) throw new HttpRequestException("Nobody listens.");
        Assert.Equal("/api/v1/identity/holders", request.RequestUri!.AbsolutePath);
        var asked = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Assert.Equal(Roles.CaseHandler, asked.GetProperty("role").GetString());
        return new HttpResponseMessage
        {
            Content = JsonContent.Create(new { subjects = asked.GetProperty("subjects").EnumerateArray().Select(s => s.GetString()!).Where(s => !Left.Contains(s)) }),
        };
    }
}

/// <summary>Answers as Suppliers does: groups of owners, and workers of sites.</summary>
internal sealed class FakeSuppliers : HttpMessageHandler
{
    public Dictionary<Guid, Guid[]> Groups { get; } = [];
    public Dictionary<Guid, int?> Sites { get; } = [];
    public System.Collections.Concurrent.ConcurrentDictionary<Guid, Guid> Owners { get; } = [];

    /// <summary>Organisations whose group was asked for.</summary>
    public System.Collections.Concurrent.ConcurrentBag<Guid> GroupsAsked { get; } = [];

    /// <summary>Never answers, until whoever asks gives up.</summary>
    public bool Hangs { get; set; }

    /// <summary>Nobody listens there, or it answers this.</summary>
    public bool IsAway { get; set; }
    public System.Net.HttpStatusCode? Answers { get; set; }

    /// <summary>Happens while it thinks about a group.</summary>
    public Func<Task> WhileAskedForAGroup { get; set; } = () => Task.CompletedTask;

    /// <summary>Happens while it thinks about a site.</summary>
    public Func<Guid, Task> WhileAskedForASite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Sites whose size was asked for.</summary>
    public System.Collections.Concurrent.ConcurrentBag<Guid> Asked { get; } = [];

    /// <summary>Whether any question would have left a trace.</summary>
    public bool WasTraced { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
        if (IsAway) throw new HttpRequestException("Nobody listens.");
        if (Answers is { } status) return new HttpResponseMessage(status);
        WasTraced |= System.Diagnostics.Activity.Current is not { Recorded: false };
        var parts = request.RequestUri!.AbsolutePath.Split('/');
        if (parts is [.., "sites", var about])
        {
            Asked.Add(Guid.Parse(about));
            await WhileAskedForASite(Guid.Parse(about));
        }
        if (parts is [.., var whose, "group"])
        {
            GroupsAsked.Add(Guid.Parse(whose));
            await WhileAskedForAGroup();
        }
        object? body = parts switch
        {
            [.., "directory"] => new[] { new { kind = "site", id = Guid.Empty, name = "Bright Needle Factory" } },
            [.., var party, "group"] => new { partyIds = Groups.GetValueOrDefault(Guid.Parse(party), []) },
            [.., "sites", var site] => SiteOf(Guid.Parse(site)),
            _ => null,
        };
        return body is null
            ? new HttpResponseMessage(System.Net.HttpStatusCode.NotFound)
            : new HttpResponseMessage { Content = JsonContent.Create(body) };
    }

    private object? SiteOf(Guid site) => (Sites.TryGetValue(site, out var workers), Owners.TryGetValue(site, out var owner)) is (false, false)
        ? null
        : new { partyId = owner == Guid.Empty ? (Guid?)null : owner, workersTotal = workers };
}

/// <summary>A reader as a machine client: what the browser does, with Platform's sealing.</summary>
internal sealed record TestReader(Guid Id, HttpClient Client, HpkeKeyPair Keys)
{
    /// <summary>All pages of her list.</summary>
    public async Task<IReadOnlyList<Guid>> List()
    {
        var ids = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Client.GetFromJsonAsync<JsonElement>($"/api/v1/grievances?cursor={cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(g => g.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("next").GetString();
        }
        return ids;
    }

    public async Task<JsonElement> Sealed(Guid id) => await Client.GetFromJsonAsync<JsonElement>($"/api/v1/grievances/{id}/sealed");

    public async Task<JsonElement> Read(Guid id, int position = 0)
    {
        var g = await Sealed(id);
        var message = g.GetProperty("messages")[position];
        return JsonSerializer.Deserialize<JsonElement>(OpenMessage(id, CaseKey(id, g, message.GetProperty("generation").GetInt32()), message));
    }

    /// <summary>One of the case's private keys, from this reader's copy of it.</summary>
    public byte[] CaseKey(Guid id, JsonElement g, int generation)
    {
        var copy = g.GetProperty("generation").GetInt32() == generation
            ? g.GetProperty("caseKey")
            : g.GetProperty("earlierKeys").EnumerateArray().Single(k => k.GetProperty("generation").GetInt32() == generation).GetProperty("sealed");
        return Hpke.Open(Keys.PrivateKey, "recruitment grievances case key v1"u8.ToArray(), Encoding.ASCII.GetBytes(id.ToString()), copy.GetBytesFromBase64());
    }

    public static byte[] OpenMessage(Guid id, byte[] caseKey, JsonElement message) => Hpke.Open(
        caseKey, "recruitment grievances message v1"u8.ToArray(), Encoding.ASCII.GetBytes(id.ToString()), message.GetProperty("sealed").GetBytesFromBase64());

    public async Task<string> Token(Guid id) => (await Read(id)).GetProperty("contributionToken").GetString() ?? new string('0', 64);

    public async Task<HttpResponseMessage> Reply(Guid id, string text, JsonElement? seenBefore = null, Guid? replyId = null)
    {
        var g = seenBefore ?? await Sealed(id);
        var aad = Encoding.ASCII.GetBytes(id.ToString());
        var content = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { text }).PadRight(1024));
        return await Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new
        {
            sealedForWorker = Hpke.Seal(g.GetProperty("workerPublicKey").GetBytesFromBase64(), "recruitment grievances reply v1"u8.ToArray(), aad, content),
            sealedForCase = Hpke.Seal(g.GetProperty("publicKey").GetBytesFromBase64(), "recruitment grievances message v1"u8.ToArray(), aad, content),
            generation = g.GetProperty("publicKeyGeneration").GetInt32(),
            messagesRead = g.GetProperty("messages").GetArrayLength(),
            replyId,
        });
    }

    /// <param name="id">The case.</param>
    /// <param name="party">Whom it is about.</param>
    /// <param name="read">The version that was on her screen; a program need not say one unless another is named already.</param>
    public async Task<HttpResponseMessage> Name(Guid id, Guid party, int? read = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/grievances/{id}/accused") { Content = JsonContent.Create(new { partyId = party }) };
        if (read is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{read}\"");
        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Confirm(Guid id, string token, Guid subject, bool independent = true, string kind = "site") => Client.PostAsJsonAsync($"/api/v1/grievances/{id}/confirmation",
        new { contributionToken = token, subjectKind = kind, subjectId = subject, topicGroup = "documents", credible = true, independent });

    /// <summary>The wrapped key exactly as the browser makes it.</summary>
    public static object Wrap(byte[] privateKey, string passphrase, int iterations = 600_000)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, 32);
        var ciphertext = new byte[privateKey.Length];
        var tag = new byte[16];
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, privateKey, ciphertext, tag);
        return new { kdf = "PBKDF2-HMAC-SHA256", iterations, salt, cipher = "AES-256-GCM", nonce, ciphertext = (byte[])[.. ciphertext, .. tag] };
    }
}
