using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>What earlier code wrote is heard by this code.</summary>
public sealed class EarlierMessagesTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Earlier_messages_are_heard() =>
        Assert.Equal(["Recruitment.Contracts.Suppliers.PartyChanged"], await RecordedMessages.Replay<Program, GrievancesDb>(app.Host));
}
