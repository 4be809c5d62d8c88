using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>A case handler's own program: what her browser does, with the same key. The protocol is in services/Grievances/README.md.</summary>
internal sealed class CaseReader(Guid id, HttpClient http, byte[] privateKey)
{
    private const string Root = "api/v1/grievances";
    private const int Iterations = 600_000;
    private static readonly byte[] MessageInfo = "recruitment grievances message v1"u8.ToArray();
    private static readonly byte[] CaseKeyInfo = "recruitment grievances case key v1"u8.ToArray();
    private static readonly byte[] ReplyInfo = "recruitment grievances reply v1"u8.ToArray();

    public Guid Id => id;

    /// <summary>Unlocks her key; makes one when she has none.</summary>
    public static async Task<CaseReader> Enter(HttpClient http, string passphrase, CancellationToken stop)
    {
        using var known = await http.GetAsync(new Uri($"{Root}/readers/me", UriKind.Relative), stop);
        if (known.StatusCode != HttpStatusCode.NotFound)
        {
            var me = await known.Read(stop);
            return new(me.GetProperty("id").GetGuid(), http, Unwrap(me.GetProperty("wrappedKey"), passphrase));
        }
        var keys = Hpke.NewKeyPair();
        var made = await http.Post($"{Root}/readers", new { publicKey = keys.PublicKey, wrappedKey = Wrap(keys.PrivateKey, passphrase) }, stop);
        return new(made.GetProperty("id").GetGuid(), http, keys.PrivateKey);
    }

    /// <summary>The cases sealed to her.</summary>
    public async Task<IReadOnlyList<Guid>> Cases(CancellationToken stop)
    {
        var ids = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await http.Get($"{Root}?cursor={cursor}", stop);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("next").GetString();
        }
        return ids;
    }

    /// <summary>Opens one, here and nowhere else.</summary>
    public async Task<OpenedCase> Open(Guid grievance, CancellationToken stop)
    {
        var stored = await http.Get($"{Root}/{grievance}/sealed", stop);
        var keys = KeysOf(grievance, stored);
        var messages = stored.GetProperty("messages").EnumerateArray()
            .Select(m => JsonSerializer.Deserialize<JsonElement>(Hpke.Open(keys[m.GetProperty("generation").GetInt32()], MessageInfo, Of(grievance), m.GetProperty("sealed").GetBytesFromBase64()))).ToList();
        return new(grievance, messages[0], [.. messages.Select(m => m.GetProperty("text").GetString() ?? "")], stored.GetProperty("publicKey").GetBytesFromBase64(),
            stored.GetProperty("publicKeyGeneration").GetInt32(), stored.GetProperty("workerPublicKey").GetBytesFromBase64(), stored.GetProperty("accusedNamed").GetBoolean());
    }

    public Task Reply(OpenedCase opened, string text, CancellationToken stop)
    {
        // Filled with spaces to full kilobytes, for the length of a text tells its writer.
        var json = JsonSerializer.SerializeToUtf8Bytes(new { text });
        byte[] content = [.. json, .. Enumerable.Repeat((byte)' ', (1024 - (json.Length % 1024)) % 1024)];
        return http.Post($"{Root}/{opened.Id}/replies", new
        {
            sealedForWorker = Hpke.Seal(opened.WorkerPublicKey, ReplyInfo, Of(opened.Id), content),
            sealedForCase = Hpke.Seal(opened.PublicKey, MessageInfo, Of(opened.Id), content),
            generation = opened.PublicKeyGeneration,
            messagesRead = opened.Texts.Count,
        }, stop);
    }

    /// <summary>Names the site the case is about, gives every reader free of conflict her copies of the keys, and counts the case.</summary>
    public async Task Confirm(OpenedCase opened, Guid site, string topicGroup, CancellationToken stop)
    {
        foreach (var reader in (await http.Put($"{Root}/{opened.Id}/accused", new { siteId = site }, stop)).EnumerateArray().Where(r => !r.GetProperty("hasKey").GetBoolean()))
        {
            // Asked for now: naming may have given the case a new key.
            foreach (var (generation, key) in KeysOf(opened.Id, await http.Get($"{Root}/{opened.Id}/sealed", stop)))
            {
                var copy = Hpke.Seal(reader.GetProperty("publicKey").GetBytesFromBase64(), CaseKeyInfo, Of(opened.Id), key);
                await http.Put($"{Root}/{opened.Id}/keys/{reader.GetProperty("readerId").GetGuid()}", new { @sealed = copy, generation }, stop);
            }
        }
        await http.Post($"{Root}/{opened.Id}/confirmation", new
        {
            contributionToken = opened.Told.GetProperty("contributionToken").GetString(), subjectKind = "site", subjectId = site, topicGroup, credible = true, independent = true,
        }, stop);
    }

    /// <summary>A case gets a new key when a reader drops out; older messages keep the older one.</summary>
    private Dictionary<int, byte[]> KeysOf(Guid grievance, JsonElement stored) =>
        stored.GetProperty("earlierKeys").EnumerateArray().Select(k => (Generation: k.GetProperty("generation").GetInt32(), Sealed: k.GetProperty("sealed")))
            .Append((Generation: stored.GetProperty("generation").GetInt32(), Sealed: stored.GetProperty("caseKey")))
            .ToDictionary(k => k.Generation, k => Hpke.Open(privateKey, CaseKeyInfo, Of(grievance), k.Sealed.GetBytesFromBase64()));

    private static byte[] Of(Guid grievance) => Encoding.ASCII.GetBytes(grievance.ToString());

    private static object Wrap(byte[] key, string passphrase)
    {
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
        var (ciphertext, tag) = (new byte[key.Length], new byte[16]);
        using var aes = new AesGcm(WrappingKey(passphrase, salt, Iterations), tag.Length);
        aes.Encrypt(nonce, key, ciphertext, tag);
        return new { kdf = "PBKDF2-HMAC-SHA256", iterations = Iterations, salt, cipher = "AES-256-GCM", nonce, ciphertext = (byte[])[.. ciphertext, .. tag] };
    }

    private static byte[] Unwrap(JsonElement wrapped, string passphrase)
    {
        var sealedKey = wrapped.GetProperty("ciphertext").GetBytesFromBase64();
        var key = new byte[sealedKey.Length - 16];
        using var aes = new AesGcm(WrappingKey(passphrase, wrapped.GetProperty("salt").GetBytesFromBase64(), wrapped.GetProperty("iterations").GetInt32()), 16);
        aes.Decrypt(wrapped.GetProperty("nonce").GetBytesFromBase64(), sealedKey.AsSpan(0, key.Length), sealedKey.AsSpan(key.Length), key);
        return key;
    }

    private static byte[] WrappingKey(string passphrase, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, 32);
}

/// <summary>An opened case, in its reader's memory alone. Told is what the worker sent first; Texts are all messages in order.</summary>
internal sealed record OpenedCase(
    Guid Id, JsonElement Told, IReadOnlyList<string> Texts, byte[] PublicKey, int PublicKeyGeneration, byte[] WorkerPublicKey, bool AccusedNamed);
