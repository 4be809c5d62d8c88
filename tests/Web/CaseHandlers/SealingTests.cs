using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Web.Tests.CaseHandlers;

public sealed class SealingTests(CaseScreen screen) : IClassFixture<CaseScreen>
{
    [Fact]
    public async Task Browser_and_service_open_what_the_other_sealed_and_nothing_with_a_changed_byte()
    {
        var keys = Hpke.NewKeyPair();
        var mine = Hpke.Seal(keys.PublicKey, "info"u8.ToArray(), "aad"u8.ToArray(), "from the service"u8.ToArray());
        var page = await screen.Open("/CaseHandlers/Key");

        var answer = await page.EvaluateAsync<JsonElement>(
            """
            async ([privateKey, publicKey, message]) => {
              const s = await import('/js/sealing.js');
              const bytes = s.fromBase64(message);
              const opened = new TextDecoder().decode(await s.open(s.fromBase64(privateKey), 'info', 'aad', bytes));
              const sealed = s.toBase64(await s.seal(s.fromBase64(publicKey), 'info', 'aad', new TextEncoder().encode('from the browser')));
              bytes[40] ^= 1;
              let changed = 'opened';
              try { await s.open(s.fromBase64(privateKey), 'info', 'aad', bytes); } catch { changed = 'refused'; }
              return { opened, sealed, changed };
            }
            """, new[] { Convert.ToBase64String(keys.PrivateKey), Convert.ToBase64String(keys.PublicKey), Convert.ToBase64String(mine) });

        Assert.Equal("from the service", answer.GetProperty("opened").GetString());
        Assert.Equal("refused", answer.GetProperty("changed").GetString());
        Assert.Equal("from the browser", Encoding.UTF8.GetString(
            Hpke.Open(keys.PrivateKey, "info"u8.ToArray(), "aad"u8.ToArray(), answer.GetProperty("sealed").GetBytesFromBase64())));
    }

    [Fact]
    public async Task The_browser_seals_the_published_vector_byte_for_byte_and_opens_it()
    {
        var page = await screen.Open("/CaseHandlers/Key");

        var answer = await page.EvaluateAsync<JsonElement>(
            """
            async v => {
              const s = await import('/js/sealing.js');
              const b = s.fromBase64, text = bytes => new TextDecoder().decode(bytes);
              const once = { publicKey: b(v.encapsulated), privateKey: b(v.ephemeral) };
              return {
                sealed: s.toBase64(await s.sealWith(once, b(v.recipientPublic), text(b(v.info)), text(b(v.aad)), b(v.plaintext))),
                opened: s.toBase64(await s.open(b(v.recipientPrivate), text(b(v.info)), text(b(v.aad)), b(v.message))),
                publicKey: s.toBase64(await s.publicKeyOf(b(v.recipientPrivate))),
              };
            }
            """,
            new
            {
                encapsulated = Convert.ToBase64String(HpkeVector.Encapsulated), ephemeral = Convert.ToBase64String(HpkeVector.Ephemeral),
                recipientPublic = Convert.ToBase64String(HpkeVector.RecipientPublic), recipientPrivate = Convert.ToBase64String(HpkeVector.RecipientPrivate),
                info = Convert.ToBase64String(HpkeVector.Info), aad = Convert.ToBase64String(HpkeVector.Aad), plaintext = Convert.ToBase64String(HpkeVector.Plaintext),
                message = Convert.ToBase64String((byte[])[.. HpkeVector.Encapsulated, .. HpkeVector.Ciphertext]),
            });

        Assert.Equal<byte>([.. HpkeVector.Encapsulated, .. HpkeVector.Ciphertext], answer.GetProperty("sealed").GetBytesFromBase64());
        Assert.Equal(HpkeVector.Plaintext, answer.GetProperty("opened").GetBytesFromBase64());
        Assert.Equal(HpkeVector.RecipientPublic, answer.GetProperty("publicKey").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_key_wrapped_by_a_machine_client_opens_in_the_browser_with_the_passphrase_alone()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
        var (ciphertext, tag) = (new byte[32], new byte[16]);
        using (var aes = new AesGcm(Rfc2898DeriveBytes.Pbkdf2("a passphrase of ours", salt, 600_000, HashAlgorithmName.SHA256, 32), 16)) aes.Encrypt(nonce, key, ciphertext, tag);
        var wrapped = JsonSerializer.Serialize(new { kdf = "PBKDF2-HMAC-SHA256", iterations = 600_000, salt, cipher = "AES-256-GCM", nonce, ciphertext = (byte[])[.. ciphertext, .. tag] });
        var page = await screen.Open("/CaseHandlers/Key");

        const string Unwrap = "async ([wrapped, passphrase]) => { const s = await import('/js/sealing.js'); try { return s.toBase64(await s.unwrap(JSON.parse(wrapped), passphrase)); } catch { return 'refused'; } }";
        var opened = await page.EvaluateAsync<string>(Unwrap, new[] { wrapped, "a passphrase of ours" });
        var wrong = await page.EvaluateAsync<string>(Unwrap, new[] { wrapped, "another passphrase" });

        Assert.Equal(Convert.ToBase64String(key), opened);
        Assert.Equal("refused", wrong);
    }

    [Fact]
    public async Task A_case_handler_makes_her_key_reads_and_answers_and_nothing_opened_leaves_the_browser()
    {
        var key = await screen.Open("/CaseHandlers/Key");
        await key.FillAsync("#passphrase", "sixteen letters or more");
        await key.FillAsync("#again", "sixteen letters or more");
        await key.ClickAsync("#register button");
        await key.WaitForSelectorAsync("#recovery-code");
        var recovery = await key.InnerTextAsync("#recovery-code");
        await key.FillAsync("#repeat", "AAAA");
        await key.ClickAsync("#keep button");
        Assert.Contains("not the last group", await key.InnerTextAsync("#said"));
        await key.FillAsync("#repeat", recovery.Split('-')[^1].ToLowerInvariant());
        await key.ClickAsync("#keep button");
        await Microsoft.Playwright.Assertions.Expect(key).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/casehandlers$"), new() { Timeout = 30_000 });
        await screen.AssignIntake();
        var receipt = await screen.File("They keep my passport in the office", "woman", "either");

        var list = await screen.Open("/CaseHandlers");
        await list.ClickAsync("table a");
        await list.FillAsync("#passphrase", "not my passphrase");
        await list.ClickAsync("#unlock button");
        await list.WaitForFunctionAsync("document.getElementById('said').textContent.includes('neither as passphrase nor as recovery code')");
        await list.FillAsync("#passphrase", "sixteen letters or more");
        await list.ClickAsync("#unlock button");
        await list.WaitForSelectorAsync("#messages li");
        Assert.Contains("They keep my passport in the office", await list.InnerTextAsync("#messages"));
        Assert.Matches("Would speak with\\s+a woman\\s+Interpreter\\s+whoever", await list.InnerTextAsync("#facts"));
        Assert.True(await list.Locator("#wish").IsVisibleAsync());
        await list.FillAsync("#text", "Come on Sunday to the market office");
        await list.ClickAsync("#answer button");
        await list.WaitForSelectorAsync("#messages li:nth-child(2)");

        using var box = await screen.Worker.PostAsJsonAsync("/api/v1/grievances/mailbox", new { receipt });
        Assert.Equal("Come on Sunday to the market office", (await box.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lastReply").GetString());
        Assert.DoesNotContain(screen.Sent.Bodies, body => body.Contains("passport", StringComparison.Ordinal) || body.Contains("Sunday", StringComparison.Ordinal) || body.Contains("letters", StringComparison.Ordinal)
            || body.Contains(recovery[..9], StringComparison.Ordinal));

        var forgotten = await screen.Open(new Uri(list.Url).PathAndQuery);
        await forgotten.FillAsync("#passphrase", recovery.ToLowerInvariant().Replace('-', ' '));
        await forgotten.ClickAsync("#unlock button");
        await forgotten.WaitForSelectorAsync("#messages li");
        Assert.Contains("They keep my passport in the office", await forgotten.InnerTextAsync("#messages"));

        screen.Sent.SignedOut = true;
        await forgotten.FillAsync("#text", "typed before the session ended");
        await forgotten.ClickAsync("#answer button");
        await forgotten.WaitForFunctionAsync("document.getElementById('said').textContent.includes('Your session has ended')");
        Assert.Equal("typed before the session ended", await forgotten.InputValueAsync("#text"));
        screen.Sent.SignedOut = false;
    }
}
