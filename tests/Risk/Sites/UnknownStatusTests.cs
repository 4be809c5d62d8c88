using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Tests.Sites;

/// <summary>A status of a later release, passed over, would count as heard, and be old when this one is upgraded: it is refused, and kept until then.</summary>
public sealed class UnknownStatusTests(RiskApp app) : IClassFixture<RiskApp>
{
    private const string Later = "paused";

    public static TheoryData<string> Events => [nameof(PartyChanged), nameof(SiteChanged), nameof(SiteListed), nameof(SupplyRelationChanged), nameof(AccreditationChanged)];

    [Theory]
    [MemberData(nameof(Events))]
    public async Task A_status_that_this_release_does_not_know_is_refused_and_kept(string named)
    {
        var message = Guid.CreateVersion7();

        await Happens(named, message);

        using var administrator = app.As(Roles.Administrator, Guid.CreateVersion7(), PartyKinds.Operator);
        var kept = (await administrator.GetFromJsonAsync<JsonElement>("/api/v1/risk/dead-letters")).GetProperty("items").EnumerateArray().Single(l => l.GetProperty("messageId").GetGuid() == message);
        Assert.Contains($"This release knows no status {Later}.", kept.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private Task Happens(string named, Guid message)
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        return named switch
        {
            nameof(PartyChanged) => app.Happened(new PartyChanged { PartyId = one, Epoch = 1, Sequence = 1, Kind = PartyKinds.Supplier, Name = "Umber Heron Mill", Country = "THA", Status = Later }, message),
            nameof(SiteChanged) => app.Happened(new SiteChanged { SiteId = one, Epoch = 1, Sequence = 1, PartyId = other, Name = "Umber Heron Mill", Address = "1 Example Road", Country = "THA", Status = Later }, message),
            nameof(SiteListed) => app.Happened(new SiteListed { ListingId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = one, SupplierPartyId = other, SiteId = Guid.CreateVersion7(), Name = "Umber Heron Mill", Country = "THA", Status = Later }, message),
            nameof(SupplyRelationChanged) => app.Happened(new SupplyRelationChanged { RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = one, SupplierPartyId = other, Status = Later }, message),
            _ => app.Happened(new AccreditationChanged
            {
                AccreditationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, RecruiterPartyId = one, RecruiterName = "Saffron Bridge Recruitment", Country = "MMR", SchemeCode = "own", SchemeVersion = "1",
                Status = Later, Corridors = [], ValidFrom = app.Today, ValidTo = app.Today.AddYears(3), History = [],
            }, message),
        };
    }
}
