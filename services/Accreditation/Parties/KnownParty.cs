namespace Recruitment.Accreditation.Parties;

/// <summary>What Accreditation remembers of an organisation: enough to name it.</summary>
internal sealed class KnownParty
{
    public Guid Id { get; init; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string Status { get; set; } = "";
    public Guid? OwnerPartyId { get; set; }
}
