using Recruitment.Suppliers.Parties;

namespace Recruitment.Suppliers.Tests.Parties;

/// <summary>Since when a brand reads is a day that was told once: told again, by whatever time zone, it is the same.</summary>
public sealed class DayOfSharingTests
{
    private static readonly DateTime HalfPastMidnight = new(2026, 11, 30, 17, 30, 0, DateTimeKind.Utc);
    private static readonly DateOnly There = new(2026, 12, 1);

    [Fact]
    public void It_is_the_day_on_which_the_supplier_shared_and_none_after_it_ended()
    {
        var relation = SupplyRelation.Open(new(Guid.CreateVersion7()), new(Guid.CreateVersion7()), "Plover Mill");
        relation.Ask(HalfPastMidnight);

        relation.Share(HalfPastMidnight, There);
        relation.Share(HalfPastMidnight.AddDays(5), There.AddDays(5));
        Assert.Equal(There, relation.State(1).SharedOn);

        relation.EndSharing(HalfPastMidnight.AddDays(6));
        Assert.Null(relation.State(1).SharedOn);

        relation.Share(HalfPastMidnight.AddDays(7), There.AddDays(7));
        Assert.Equal(There.AddDays(7), relation.State(1).SharedOn);
    }
}
