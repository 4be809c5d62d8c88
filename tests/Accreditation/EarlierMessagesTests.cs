using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests;

/// <summary>What earlier code wrote is heard and kept by this code.</summary>
public sealed class EarlierMessagesTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    [Fact]
    public async Task Earlier_messages_are_heard_and_what_they_say_is_kept()
    {
        await RecordedMessages.Replay<Program, AccreditationDb>(app.Host);

        await using var scope = app.Host.Services.CreateAsyncScope();
        var party = await scope.ServiceProvider.GetRequiredService<AccreditationDb>().Parties.SingleAsync(p => p.Id == Guid.Parse("0a1b2c3d-0000-4000-8000-000000000001"), TestContext.Current.CancellationToken);
        Assert.Equal(("supplier", "Bright Needle Mill", "THA", "active", Guid.Parse("0a1b2c3d-0000-4000-8000-000000000002")), (party.Kind, party.Name, party.Country, party.Status, party.OwnerPartyId!.Value));
    }
}
