using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Chains;

/// <summary>A site uses a labour recruiter for people from one country.</summary>
internal sealed class RecruiterLink
{
    private RecruiterLink() { }

    public Guid Id { get; private init; }
    public int Version { get; private set; }
    public SiteId SiteId { get; private init; }
    public PartyId SupplierId { get; private init; }
    public PartyId RecruiterId { get; private init; }
    public string OriginCountry { get; private init; } = "";
    public DateOnly From { get; private init; }
    public DateOnly? To { get; private set; }

    public static RecruiterLink Open(SiteId site, PartyId supplier, PartyId recruiter, string originCountry, DateOnly from) => new()
    {
        Id = Guid.CreateVersion7(), Version = 1, SiteId = site, SupplierId = supplier, RecruiterId = recruiter, OriginCountry = originCountry, From = from,
    };

    /// <summary>True when that was new: the same end said twice is one end. What was declared ahead and never began ends on its own first day.</summary>
    public bool End(DateOnly to, DateOnly today)
    {
        if (From > today && to < From) to = From;
        if (To == to) return false;
        if (To is not null) throw new BrokenRuleException("already-ended", "This declaration has already ended.");
        if (to < From) throw new BrokenRuleException("ends-before-start", "The end cannot be before the start: choose a later day.");
        To = to;
        Version++;
        return true;
    }

    public RecruiterDeclared State(int epoch) => new()
    {
        LinkId = Id, Epoch = epoch, Sequence = Version, SiteId = SiteId.Value, SupplierPartyId = SupplierId.Value,
        RecruiterPartyId = RecruiterId.Value, OriginCountry = OriginCountry, From = From, To = To,
    };
}
