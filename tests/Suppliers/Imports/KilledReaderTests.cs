using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Imports;

public sealed class KilledReaderTests
{
    private const int Rows = 8000;
    private static readonly Uri Address = new($"http://localhost:{Running.FreePort()}/");

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_list_leaves_no_half_row_and_the_next_one_reads_on()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "A service alone needs a database and a broker: TEST_POSTGRES and TEST_RABBITMQ.");
        await using var issuer = await TestIssuer.Start();
        var folder = Directory.CreateTempSubdirectory("recruitment-killed-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = issuer.Address,
            ["ConnectionStrings:suppliers"] = $"{Environment.GetEnvironmentVariable("TEST_POSTGRES")};Database=test_suppliers_{Guid.CreateVersion7():N};Maximum Pool Size=10",
            ["ConnectionStrings:rabbitmq"] = await RabbitVirtualHost.Make(Environment.GetEnvironmentVariable("TEST_RABBITMQ")!),
        };
        using var brand = new HttpClient { BaseAddress = Address };
        brand.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token([Roles.BrandAnalyst], SuppliersApp.BrandA, PartyKinds.Brand, "brand"));
        Uri import;

        await using (var first = new StartedProgram("Suppliers", Address, settings))
        {
            await first.Answers("health/ready");
            using var received = await brand.PostAsync("api/v1/suppliers/imports?fileName=list.csv", new ByteArrayContent(Encoding.UTF8.GetBytes(List())));
            Assert.Equal(HttpStatusCode.Accepted, received.StatusCode);
            import = received.Headers.Location!;
            await Wait.Until(async () => Read(await State()) > 0, "reading did not begin");
            using var process = Process.GetProcessById(first.ProcessId);
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using (var second = new StartedProgram("Suppliers", Address, settings))
        {
            await second.Answers("health/ready");
            var left = Read(await State());
            Assert.InRange(left, 1, Rows - 1);
            for (var i = 0; i < 3 && !await Done(); i++) await Patient();

            var end = await State();
            Assert.Equal((Rows, Rows, Rows), (Read(end), end.GetProperty("accepted").GetInt32(), end.GetProperty("added").GetInt32()));
            Assert.Equal(Rows, (await brand.GetFromJsonAsync<JsonElement>("api/v1/suppliers/relations")).GetProperty("total").GetInt32());
        }
        Directory.Delete(folder, recursive: true);

        async Task<JsonElement> State() => await brand.GetFromJsonAsync<JsonElement>(import);
        async Task<bool> Done() => (await State()).GetProperty("status").GetString() == "done";
        async Task Patient()
        {
            // The lease of the killed process has to run out first.
            for (var i = 0; i < 400 && !await Done(); i++) await Task.Delay(50);
        }
    }

    private static int Read(JsonElement import) => import.GetProperty("rowsRead").GetInt32();

    private static string List() => "Name,Country,Address\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"Long Heron Mill {i},TH,{i} Canal Road\n"));
}
