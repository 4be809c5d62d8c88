using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Grievances.Readers;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Readers;

public sealed class ListReadersTests : IAsyncLifetime
{
    private const string Address = "/api/v1/grievances/readers";
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task However_many_readers_there_are_each_is_on_one_page()
    {
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
            for (var i = 0; i < 105; i++) db.Add(Reader.Register($"many-{i}", Hpke.NewKeyPair().PublicKey, "{}", null, []));
            await db.SaveChangesAsync();
        }
        var seen = new List<string>();

        for (string? cursor = ""; cursor is not null;)
        {
            var page = await app.Administrator.GetFromJsonAsync<JsonElement>($"{Address}{(cursor.Length == 0 ? "" : $"?cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("subject").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Superset(Enumerable.Range(0, 105).Select(i => $"many-{i}").Append("mai").Append("somchai").ToHashSet(), seen.ToHashSet());
        using var made = await app.Administrator.GetAsync(new Uri($"{Address}?cursor={Guid.NewGuid()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, made.StatusCode);
    }
}
