using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests;

/// <summary>A request sent again after a lost answer makes nothing twice.</summary>
public sealed class RepeatedRequestTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task The_same_site_sent_twice_under_one_key_is_one_site_and_one_answer()
    {
        var supplier = await app.NewSupplier("Twice Plover Mill");

        var first = await AddSite(supplier, "one", "Twice Plover Hall");
        var again = await AddSite(supplier, "one", "Twice Plover Hall");
        var other = await AddSite(supplier, "one", "Another Plover Hall");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await Id(first), await Id(again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await AddSite(supplier, "two", "Twice Plover Hall")).StatusCode);
    }

    [Fact]
    public async Task The_same_recruiter_declared_twice_under_one_key_is_one_link()
    {
        var supplier = await app.NewSupplier("Twice Dunlin Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(supplier), "Twice Dunlin Hall");
        var request = new { recruiterName = "Dunlin Recruitment", recruiterCountry = "MM", originCountry = "MM", from = "2026-01-01" };

        var first = await Keyed(app.Supplier(supplier), "link").PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", request);
        var again = await Keyed(app.Supplier(supplier), "link").PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await Id(first), await Id(again));
    }

    [Fact]
    public async Task The_same_list_handed_in_twice_under_one_key_is_one_import()
    {
        var first = await HandIn("list", "Name,Country\nTwice Curlew Mill,TH\n");
        var again = await HandIn("list", "Name,Country\nTwice Curlew Mill,TH\n");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(await Id(first), await Id(again));
    }

    [Fact]
    public async Task A_refused_list_leaves_its_key_free()
    {
        var refused = await HandIn("free", "%PDF-1.7");
        // Larger than one piece: refused only after some of it was stored.
        var halfWorkbook = await HandIn("free", "PK\u0003\u0004" + new string('x', 600_000));
        var taken = await HandIn("free", "Name,Country\nFree Curlew Mill,TH\n");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (refused.StatusCode, halfWorkbook.StatusCode, taken.StatusCode));
    }

    [Fact]
    public async Task An_upload_that_broke_off_leaves_its_key_free()
    {
        using var gone = new CancellationTokenSource();
        using var half = new StreamContent(new Breaking(600_000, gone));
        await Assert.ThrowsAnyAsync<Exception>(() => Keyed(app.Brand(SuppliersApp.BrandA), "broken").PostAsync($"{Base}/imports?fileName=list.csv", half, gone.Token));

        HttpResponseMessage again = null!;
        await Wait.Until(async () => (again = await HandIn("broken", "Name,Country\nBroken Curlew Mill,TH\n")).StatusCode != HttpStatusCode.Conflict, "the key stayed taken");

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
    }

    [Fact]
    public async Task The_same_invitation_sent_twice_is_one_link_and_another_key_makes_another()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country\nTwice Avocet Mill,TH\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Twice Avocet Mill"))!.Value;

        var first = await SuppliersApp.Invite(Keyed(app.Brand(SuppliersApp.BrandA), "invite"), party);
        var again = await SuppliersApp.Invite(Keyed(app.Brand(SuppliersApp.BrandA), "invite"), party);
        var other = await SuppliersApp.Invite(Keyed(app.Brand(SuppliersApp.BrandA), "another"), party);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal("Twice Avocet Mill", (await app.Invitation(first)).GetProperty("partyName").GetString());
    }

    [Fact]
    public async Task What_a_supplier_saves_twice_under_one_key_is_saved_once_and_no_collision_with_itself()
    {
        var supplier = app.Supplier(await app.NewSupplier("Twice Godwit Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Twice Godwit Hall");
        var request = new { asOf = "2026-01-31", counts = new[] { new { nationality = "Myanmar", sex = "female", workers = 60 } } };

        var first = await Sent(supplier, $"{Base}/mine/sites/{site}/workforce", request, version: 1, key: "count");
        var again = await Sent(supplier, $"{Base}/mine/sites/{site}/workforce", request, version: 1, key: "count");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(2, (await Mine(supplier)).GetProperty("sites")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Nobody_overwrites_what_a_colleague_saved_since_the_form_was_opened()
    {
        var supplier = app.Supplier(await app.NewSupplier("Colleague Godwit Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Colleague Godwit Hall");
        var questions = await supplier.GetFromJsonAsync<JsonElement>($"{Base}/questions");
        object Answers(string payer) => new { catalogueVersion = questions.GetProperty("version").GetString(), answers = new Dictionary<string, string> { ["fees.payer"] = payer } };
        object Profile(string name) => new { legalName = name, registrationNumber = (string?)null, contactRole = (string?)null, employerHousing = (bool?)null };
        object Site(string name) => new { name, address = "12 Canal Road", country = "Thailand" };
        object Count(int workers) => new { asOf = "2026-01-31", counts = new[] { new { nationality = "Myanmar", sex = "female", workers } } };
        var forms = new (string Address, int Version, object Colleagues, object Mine)[]
        {
            ($"{Base}/mine/profile", (await Mine(supplier)).GetProperty("profile").GetProperty("version").GetInt32(), Profile("Colleague Ltd."), Profile("Mine Ltd.")),
            ($"{Base}/mine/sites/{site}/self-assessment", 0, Answers("employer_all"), Answers("declined")),
            ($"{Base}/mine/sites/{site}", 1, Site("Colleague Hall"), Site("My Hall")),
            ($"{Base}/mine/sites/{site}/workforce", 2, Count(60), Count(70)),
        };

        foreach (var (address, version, colleagues, mine) in forms)
        {
            Assert.True((await Sent(supplier, address, colleagues, version, "colleague")).IsSuccessStatusCode, address);
            Assert.Equal((address, HttpStatusCode.PreconditionFailed), (address, (await Sent(supplier, address, mine, version, "mine")).StatusCode));
        }

        var said = await Mine(supplier);
        Assert.Equal("Colleague Ltd.", said.GetProperty("profile").GetProperty("legalName").GetString());
        var saved = said.GetProperty("sites")[0];
        Assert.Equal(("Colleague Hall", 60), (saved.GetProperty("name").GetString(), saved.GetProperty("workersTotal").GetInt32()));
        Assert.Equal(("employer_all", 1), (saved.GetProperty("answers").GetProperty("fees.payer").GetString(), saved.GetProperty("answersVersion").GetInt32()));
    }

    [Fact]
    public async Task A_recruiter_that_is_ended_twice_is_ended_once()
    {
        var supplier = app.Supplier(await app.NewSupplier("Ended Godwit Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Ended Godwit Hall");
        var declared = await supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = "Godwit Staffing", recruiterCountry = "MM", originCountry = "MM", from = "2026-01-01" });
        var link = await Id(declared);

        var first = await supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link}/end", new { to = "2026-01-31" });
        var again = await supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link}/end", new { to = "2026-01-31" });
        var other = await supplier.PostAsJsonAsync($"{Base}/mine/recruiters/{link}/end", new { to = "2026-02-28" });

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Conflict), (first.StatusCode, again.StatusCode, other.StatusCode));
    }

    private static async Task<JsonElement> Mine(HttpClient supplier) => await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine");

    private static async Task<HttpResponseMessage> Sent(HttpClient supplier, string address, object body, int version, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await supplier.SendAsync(request);
    }

    /// <summary>So much of a list, and then the sender is gone.</summary>
    private sealed class Breaking(int length, CancellationTokenSource gone) : MemoryStream(Encoding.UTF8.GetBytes("Name,Country\n".PadRight(length, 'x')))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0) return read;
            await gone.CancelAsync();
            throw new IOException("The sender is gone.");
        }
    }

    private static HttpClient Keyed(HttpClient client, string key)
    {
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return client;
    }

    private Task<HttpResponseMessage> AddSite(Guid supplier, string key, string name) =>
        Keyed(app.Supplier(supplier), key).PostAsJsonAsync($"{Base}/mine/sites", new { name, address = "12 Canal Road", country = "Thailand" });

    private Task<HttpResponseMessage> HandIn(string key, string list) =>
        Keyed(app.Brand(SuppliersApp.BrandA), key).PostAsync($"{Base}/imports?fileName=list.csv", new ByteArrayContent(Encoding.UTF8.GetBytes(list)));

    private static async Task<Guid> Id(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
}
