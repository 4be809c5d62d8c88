using System.Net.Http.Json;
using System.Text.Json.Nodes;
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

        var bodies = await app.SchemeManager().GetFromJsonAsync<JsonArray>($"{AccreditationApp.Root}/audit-bodies");
        Assert.Equal("Paper Kite Assurance", Assert.Single(bodies!, b => b!["id"]!.GetValue<Guid>() == body)!["name"]!.GetValue<string>());
    }

    private static PartyChanged Changed(Guid id, string name, int sequence) => new()
    {
        PartyId = id, Epoch = 1, Sequence = sequence, Kind = PartyKinds.AuditBody, Name = name, Country = "THA", Status = "active",
    };
}
