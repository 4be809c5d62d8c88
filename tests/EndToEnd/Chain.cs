using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests;

/// <summary>Steps of the main job, over the documented API alone.</summary>
internal static class Chain
{
    /// <summary>Step 1: rows are accepted, and each refused row has a reason.</summary>
    public static async Task BrandUploadsItsList(Running running)
    {
        using var brand = await running.As(Roles.BrandAnalyst);
        await using var list = File.OpenRead(Path.Combine(Root(), "docs", "demonstration", "supplier-list.csv"));

        var import = await Upload(brand, new StreamContent(list), "supplier-list.csv", running);

        Assert.Equal("done", import.GetProperty("status").GetString());
        Assert.True(import.GetProperty("accepted").GetInt32() > 0, import.ToString());
        Assert.True(import.GetProperty("refused").GetInt32() > 0, import.ToString());
    }

    /// <summary>A file that is no list at all is refused as a whole, with a sentence, and adds nothing.</summary>
    public static async Task BrandUploadsWhatIsNoList(Running running)
    {
        using var brand = await running.As(Roles.BrandAnalyst);

        var import = await Upload(brand, new ByteArrayContent([0, 1, 2, 3, 0, 255, 254, 0, 7]), "noise.csv", running);

        Assert.Equal("failed", import.GetProperty("status").GetString());
        Assert.Equal(0, import.GetProperty("added").GetInt32());
        Assert.NotEmpty(import.GetProperty("problem").GetString()!);
    }

    /// <summary>Step 5: the receipt comes first, the case is filed under it, sending twice is one case, and the receipt opens the mailbox.</summary>
    public static async Task WorkerFilesAndComesBack(Running running)
    {
        await SomebodyReads(running);
        using var worker = running.Client();
        var receipt = (await Json(await worker.PostAsync("api/v1/grievances/receipts", null), running)).GetProperty("receipt").GetString();
        var told = new { receipt, language = "en", topic = "wages", text = "We were not paid for two months.", useAnonymisedForStats = true };

        await Json(await worker.PostAsJsonAsync("api/v1/grievances", told), running);
        await Json(await worker.PostAsJsonAsync("api/v1/grievances", told), running);
        var mailbox = await Json(await worker.PostAsJsonAsync("api/v1/grievances/mailbox", new { receipt }), running);

        Assert.Equal(JsonValueKind.Null, mailbox.GetProperty("lastReply").ValueKind);
        Assert.DoesNotContain("not paid", mailbox.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What a worker holds opens nothing of anybody else's.</summary>
    public static async Task ReceiptIsNotATokenForStaff(Running running)
    {
        using var worker = running.Client();

        Assert.Equal(HttpStatusCode.Unauthorized, (await worker.GetAsync("api/v1/grievances")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await worker.GetAsync("api/v1/suppliers/imports")).StatusCode);
    }

    private static async Task SomebodyReads(Running running)
    {
        using var handler = await running.As(Roles.CaseHandler);
        using var administrator = await running.As(Roles.Administrator);
        var (_, publicKey) = Hpke.NewKeyPair();
        var registered = await Json(await handler.PostAsJsonAsync("api/v1/grievances/readers", new
        {
            publicKey = Convert.ToBase64String(publicKey),
            wrappedKey = new
            {
                kdf = "PBKDF2-HMAC-SHA256", iterations = 600_000, salt = Noise(16), cipher = "AES-256-GCM", nonce = Noise(12), ciphertext = Noise(48),
            },
        }), running);
        var assigned = await administrator.PutAsJsonAsync($"api/v1/grievances/readers/{registered.GetProperty("id").GetGuid()}/intake", new { intake = true });
        Assert.True(assigned.IsSuccessStatusCode, running.Output);
    }

    private static async Task<JsonElement> Upload(HttpClient brand, HttpContent file, string name, Running running)
    {
        var received = await Json(await brand.PostAsync($"api/v1/suppliers/imports?fileName={name}", file), running);
        var import = default(JsonElement);
        await Wait.Until(async () =>
        {
            import = await brand.GetFromJsonAsync<JsonElement>($"api/v1/suppliers/imports/{received.GetProperty("id").GetGuid()}");
            return import.GetProperty("status").GetString() is "done" or "failed";
        }, "the list was not read");
        return import;
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer, Running running)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri} {answer.StatusCode}: {body}\n{running.Output}");
        return JsonDocument.Parse(body).RootElement;
    }

    private static string Noise(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Recruitment.sln"))) folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }
}
