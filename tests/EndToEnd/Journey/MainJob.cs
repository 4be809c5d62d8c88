using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.AllInOne.Demonstration;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Journey;

/// <summary>The product's main job, step by step over the documented API: each step by whose it is, with tokens from the product's own issuer.</summary>
internal sealed partial class MainJob(Running running, Action<string> note)
{
    public const string Supplier = "Rung Fah Seafood Processing";
    private const string Recruiter = "Saffron Bridge Recruitment";
    private const string Email = "ploy@rung-fah.example";
    private const string Password = "twelve quiet herons";
    private static readonly Guid SupplierParty = Guid.Parse("11111111-0000-4000-8000-000000000002");
    private static readonly Guid RecruiterParty = Guid.Parse("11111111-0000-4000-8000-000000000003");
    private static readonly Guid AuditBody = Guid.Parse("11111111-0000-4000-8000-000000000004");
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;
    private readonly Entrance entrance = new(running.Address, name => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name)));
    private HttpClient? supplierUser;
    private Guid site;
    private Guid application;
    private Guid audit;

    /// <summary>The site that the supplier answers for and the worker tells of.</summary>
    public Guid Site => site;

    /// <summary>Step 1: rows are accepted, each refused row has a reason, and a supplier is invited.</summary>
    public async Task BrandUploadsItsListAndInvites()
    {
        using var brand = await As(Roles.BrandAnalyst);
        await using var list = File.OpenRead(Path.Combine(Repository.Root, "docs", "demonstration", "supplier-list.csv"));
        using var received = await brand.PostAsync("api/v1/suppliers/imports?fileName=supplier-list.csv", new StreamContent(list), stop);
        var import = $"api/v1/suppliers/imports/{(await received.Read(stop)).GetProperty("id").GetGuid()}";
        await Wait.Until(async () => (await brand.Get(import, stop)).GetProperty("status").GetString() == "done", "the list was not read");

        var refused = (await brand.Get($"{import}/rows", stop)).GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("number").GetInt32());
        Assert.Equal(["name-missing", "country-unknown", "row-repeated", "coordinates-wrong"], refused.OrderBy(r => r.Key).Select(r => r.Value.GetProperty("code").GetString()));
        Assert.All(refused.Values, r => Assert.NotEmpty(r.GetProperty("sentence").GetString()!));
        Assert.Equal(11 - refused.Count, (await brand.Get(import, stop)).GetProperty("accepted").GetInt32());

        var found = Assert.Single((await brand.Get($"api/v1/suppliers/relations?query={Uri.EscapeDataString(Supplier)}", stop)).GetProperty("suppliers").EnumerateArray());
        Assert.Equal(SupplierParty, found.GetProperty("partyId").GetGuid());
        await Wait.Until(async () => await FindSite(brand) is not null, "the new site was not estimated");
        site = (await FindSite(brand))!.Value;

        var invited = await brand.Post($"api/v1/suppliers/{SupplierParty}/invitations", null, stop);
        await Join(invited.GetProperty("link").GetString()!);
    }

    /// <summary>Step 2: the supplier says who it is, where people work, who works there and how; the brand's estimate changes.</summary>
    public async Task SupplierCompletes()
    {
        var before = await Estimate();
        var supplier = await AsSupplier();
        await supplier.Put("api/v1/suppliers/mine/profile", new { legalName = Supplier, registrationNumber = (string?)null, contactRole = "Head of personnel", employerHousing = true }, stop);
        var asker = Assert.Single((await supplier.Get("api/v1/suppliers/mine", stop)).GetProperty("brands").EnumerateArray());
        Assert.False(asker.GetProperty("shared").GetBoolean()); // the account alone shares nothing
        await supplier.Post($"api/v1/suppliers/mine/brands/{asker.GetProperty("relationId").GetGuid()}/share", null, stop);
        await supplier.Put($"api/v1/suppliers/mine/sites/{site}", new
        {
            name = Supplier, address = "88/4 Moo 3, Tha Chin, Mueang Samut Sakhon, Samut Sakhon 74000", country = "THA", province = "Samut Sakhon", sector = "Seafood processing",
        }, stop);
        var total = await supplier.Put($"api/v1/suppliers/mine/sites/{site}/workforce", new
        {
            asOf = "2025-06-30",
            counts = new[] { Count("THA", "female", 90), Count("THA", "male", 60), Count("MMR", "female", 160), Count("MMR", "male", 118) },
        }, stop);
        Assert.Equal(428, total.GetProperty("workersTotal").GetInt32());
        Assert.Equal(278, total.GetProperty("migrantWorkers").GetInt32());
        await supplier.Post($"api/v1/suppliers/mine/sites/{site}/recruiters", new { recruiterId = RecruiterParty, originCountry = "MMR", from = "2024-02-01" }, stop);

        var questions = await supplier.Get("api/v1/suppliers/questions", stop);
        var answers = questions.GetProperty("questions").EnumerateArray().ToDictionary(q => q.GetProperty("code").GetString()!, q => q.GetProperty("options")[0].GetProperty("code").GetString()!);
        answers["recruitment.channel"] = "one_recruiter";
        var watch = Stopwatch.StartNew();
        await supplier.Put($"api/v1/suppliers/mine/sites/{site}/self-assessment", new { catalogueVersion = questions.GetProperty("version").GetString(), answers }, stop);
        await Wait.Until(async () => ImputedShare(await Estimate()) < ImputedShare(before), "the answers did not reach the estimate");
        note($"An answer reached the score after {watch.ElapsedMilliseconds} ms.");

        Assert.Equal(100, (await supplier.Get("api/v1/suppliers/mine", stop)).GetProperty("progress").GetProperty("percent").GetInt32());
        var after = await Estimate();
        Assert.NotEqual(Score(before), Score(after));
        Assert.Contains(Changes(after), c => c == "self_assessment");
        Assert.NotEqual(Factors(before), Factors(after));
    }

    /// <summary>Step 3: the recruiter answers criterion by criterion, is told what is missing, attaches evidence and sends it.</summary>
    public async Task RecruiterApplies()
    {
        using var recruiter = await As(Roles.RecruiterUser);
        application = (await recruiter.Post("api/v1/accreditation/applications", new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } }, stop)).GetProperty("id").GetGuid();
        var path = $"api/v1/accreditation/applications/{application}";
        foreach (var criterion in Criteria(await recruiter.Get("api/v1/accreditation/scheme", stop)))
        {
            await recruiter.Put($"{path}/answers", new
            {
                answers = criterion.GetProperty("indicators").EnumerateArray().Select(i => new { indicator = i.GetProperty("code").GetString(), value = "conform" }),
            }, stop);
        }
        using (var early = await recruiter.PostAsync($"{path}/submit", null, stop)) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        foreach (var missing in (await recruiter.Get(path, stop)).GetProperty("missing").EnumerateArray())
        {
            Assert.Equal("evidence", missing.GetProperty("kind").GetString());
            var file = new ByteArrayContent("Licence, names blacked out."u8.ToArray());
            file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            using var form = new MultipartFormDataContent
            {
                { new StringContent(missing.GetProperty("indicator").GetString()!), "indicator" }, { new StringContent("Licence of this year"), "description" },
                { new StringContent("document"), "level" }, { new StringContent("true"), "redacted" }, { file, "file", "licence.txt" },
            };
            using var attached = await recruiter.PostAsync($"{path}/evidence", form, stop);
            await attached.Read(stop);
        }
        await recruiter.Post($"{path}/submit", null, stop);
    }

    /// <summary>Step 4: an auditor finds, cannot decide, somebody else grants; the register shows it and the brand's estimate changes.</summary>
    public async Task AuditorFindsAndAnotherGrants()
    {
        var before = await Estimate();
        using var manager = await As(Roles.SchemeManager);
        using var auditor = await As(Roles.Auditor);
        using var decider = await As(Roles.DecisionMaker);
        var path = $"api/v1/accreditation/applications/{application}";
        await manager.Post($"{path}/review", new { outcome = "eligible", reason = "Complete.", auditBodyPartyId = AuditBody }, stop);
        await auditor.Post($"{path}/conflict-declarations", new { hasConflict = false, statement = "None in the last two years.", signedAs = "Auditor" }, stop);
        await manager.Post($"{path}/auditor", new { auditorSubject = "client:demo-auditor" }, stop);

        audit = (await auditor.Get(path, stop)).GetProperty("auditId").GetGuid();
        foreach (var criterion in Criteria(await auditor.Get("api/v1/accreditation/scheme", stop)))
        {
            await auditor.Put($"api/v1/accreditation/audits/{audit}/findings/{criterion.GetProperty("code").GetString()}",
                new { grade = "conform", text = "Records and conversations agree.", evidenceLevel = "several_sources" }, stop);
        }
        var named = (await auditor.Get(path, stop)).GetProperty("history").EnumerateArray().Last().GetProperty("on").GetString();
        await auditor.Post($"api/v1/accreditation/audits/{audit}/close", new { auditedOn = named, summary = "Two days on site.", interviewsHeld = 24 }, stop);

        var grant = new { outcome = "granted", rationale = "Every criterion was verified." };
        using (var refused = await auditor.PostAsJsonAsync($"{path}/decision", grant, stop)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await decider.Post($"{path}/decision", grant, stop);

        using var stranger = running.Client();
        await Wait.Until(async () => (await stranger.GetAsync($"api/v1/register/recruiters/{RecruiterParty}", stop)).IsSuccessStatusCode, "the register does not show it");
        var shown = (await stranger.Get($"api/v1/register/recruiters/{RecruiterParty}", stop)).GetProperty("assessments")[0];
        Assert.Equal("granted", shown.GetProperty("status").GetString());
        Assert.Equal("granted", Assert.Single(shown.GetProperty("history").EnumerateArray()).GetProperty("status").GetString());

        await Wait.Until(async () => Changes(await Estimate()).Contains("accreditation"), "the grant did not reach the estimate");
        await Wait.Until(async () => RecruiterStatus(await Estimate()) == "granted", "the estimate does not name the status");
        Assert.NotEqual(Factors(before), Factors(await Estimate()));
    }

    /// <summary>The machine of a role, with a token that is renewed however long a step takes.</summary>
    private Task<HttpClient> As(string role) => entrance.Machine($"demo-{role}", stop);

    /// <summary>Who joined by the invitation. Signed in once: only so many tries are allowed in five minutes.</summary>
    private async Task<HttpClient> AsSupplier() => supplierUser ??= await entrance.Person(Email, Password, stop);

    /// <summary>Follows the invitation as its reader would: one page, one account.</summary>
    private async Task Join(string link)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = running.Address };
        var page = await browser.GetStringAsync(link.TrimStart('/'), stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = Email, ["password"] = Password, ["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups[1].Value,
        });
        using var joined = await browser.PostAsync(link.TrimStart('/'), form, stop);
        Assert.True(joined.StatusCode == HttpStatusCode.Redirect, await joined.Content.ReadAsStringAsync(stop));
    }

    private async Task<Guid?> FindSite(HttpClient brand) => (await brand.Get("api/v1/risk/sites", stop)).GetProperty("items").EnumerateArray()
        .Where(i => i.GetProperty("site").GetString() == Supplier).Select(i => (Guid?)i.GetProperty("siteId").GetGuid()).FirstOrDefault();

    /// <summary>The site as the brand sees it.</summary>
    private async Task<JsonElement> Estimate()
    {
        using var brand = await As(Roles.BrandAnalyst);
        return await brand.Get($"api/v1/risk/sites/{site}", stop);
    }

    private static object Count(string nationality, string sex, int workers) => new { nationality, sex, workers };

    private static int Score(JsonElement estimate) => estimate.GetProperty("score").GetInt32();

    private static int ImputedShare(JsonElement estimate) => estimate.GetProperty("headline").GetProperty("imputedShare").GetInt32();

    private static string RecruiterStatus(JsonElement estimate) => Assert.Single(estimate.GetProperty("recruiters").EnumerateArray()).GetProperty("status").GetString()!;

    private static string Factors(JsonElement estimate) => string.Join('\n', estimate.GetProperty("topics").EnumerateArray().Select(t => t.GetProperty("lines").GetRawText()));

    private static List<string> Changes(JsonElement estimate) => [.. estimate.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("cause").GetString()!)];

    private static IEnumerable<JsonElement> Criteria(JsonElement scheme) =>
        scheme.GetProperty("principles").EnumerateArray().SelectMany(p => p.GetProperty("criteria").EnumerateArray());

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex AntiforgeryToken();
}
