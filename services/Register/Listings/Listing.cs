using Recruitment.Contracts.Accreditation;

namespace Recruitment.Register.Listings;

/// <summary>One recruiter's public status under one standard, with every status before it.</summary>
internal sealed class Listing
{
    public Guid Id { get; init; }
    public Guid RecruiterId { get; set; }
    public string SchemeCode { get; set; } = "";
    public string SchemeVersion { get; set; } = "";
    public string Status { get; set; } = "";
    public string? StatusReason { get; set; }
    public List<string> Corridors { get; set; } = [];
    public DateOnly? DecidedOn { get; set; }
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }
    public List<HistoryLine> History { get; init; } = [];

    public string StatusOn(DateOnly day) => AccreditationChanged.StatusOn(Status, ValidTo, day);
}

internal sealed class HistoryLine
{
    public Guid ListingId { get; init; }
    public int Number { get; init; }
    public string Status { get; set; } = "";
    public DateOnly On { get; set; }
    public string? Reason { get; set; }
}

/// <summary>A recruiter by the newest name heard. Listed, and so visible, only once it has a public status.</summary>
internal sealed class Recruiter
{
    public Guid Id { get; init; }
    public string Name { get; private set; } = "";
    public string SortName { get; private set; } = "";
    public string Country { get; private set; } = "";
    public bool IsListed { get; set; }
    /// <summary>Suppliers has named it: what Accreditation knew is then older or the same.</summary>
    public bool IsNamedByOwner { get; set; }

    public void Call(string name, string country) => (Name, SortName, Country) = (name, Names.Fold(name), country);
}

/// <summary>Three letters in a row of a name: search that works alike on both databases.</summary>
internal sealed class NameGram
{
    public string Gram { get; init; } = "";
    public Guid RecruiterId { get; init; }
}
