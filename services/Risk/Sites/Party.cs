namespace Recruitment.Risk.Sites;

/// <summary>An organisation as Suppliers last published it. Its owner decides from whom worker voice is withheld.</summary>
internal sealed class Party
{
    public required Guid Id { get; init; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string Status { get; set; } = "";
    public Guid? OwnerPartyId { get; set; }
}
