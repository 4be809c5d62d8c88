using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Tests;

public sealed class PartyTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    [Fact]
    public async Task A_name_is_the_newest_heard_though_messages_come_twice_and_late()
    {
        var body = Guid.CreateVersion7();
        var (message, renamed) = (Guid.CreateVersion7(), Changed(body, "Paper Kite Assurance", 2));

        await app.Host.Deliver(renamed, message);
        await app.Host.Deliver(renamed, message);
        await app.Host.Deliver(Changed(body, "Old Kite Assurance", 1));

        Assert.Equal("Paper Kite Assurance", Assert.Single(await All(), b => b["id"]!.GetValue<Guid>() == body)["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task However_many_audit_bodies_there_are_each_is_on_one_page()
    {
        var some = Enumerable.Range(0, 105).Select(_ => Guid.CreateVersion7()).ToList();
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccreditationDb>();
            // Two of each name: where one page ends among them the next goes on.
            foreach (var (id, number) in some.Select((id, number) => (id, number))) db.Parties.Add(new() { Id = id, Kind = PartyKinds.AuditBody, Name = $"Many Kites {number / 2}", Country = "THA", Status = "active" });
            await db.SaveChangesAsync();
        }

        var listed = (await All()).Select(b => b["id"]!.GetValue<Guid>()).ToList();

        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(some.Except(listed));
        using var made = await app.SchemeManager().GetAsync(new Uri($"{AccreditationApp.Root}/audit-bodies?cursor={Guid.CreateVersion7()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, made.StatusCode);
    }

    /// <summary>Of all pages.</summary>
    private async Task<IReadOnlyList<JsonNode>> All()
    {
        var all = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await app.SchemeManager().GetFromJsonAsync<JsonObject>($"{AccreditationApp.Root}/audit-bodies{(cursor.Length == 0 ? "" : $"?cursor={cursor}")}");
            all.AddRange(page!["items"]!.AsArray().Select(b => b!));
            cursor = page["next"]?.GetValue<string>();
        }
        return all;
    }

    private static PartyChanged Changed(Guid id, string name, int sequence) => new()
    {
        PartyId = id, Epoch = 1, Sequence = sequence, Kind = PartyKinds.AuditBody, Name = name, Country = "THA", Status = "active",
    };
}
