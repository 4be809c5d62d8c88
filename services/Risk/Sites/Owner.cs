namespace Recruitment.Risk.Sites;

/// <summary>Whom an organisation belongs to, as Suppliers last published it; from whom worker voice is withheld follows from it.</summary>
/// <remarks>Ids alone, apart from names: every brand's request reads all of it, for a doubt withholds, and learns no name by it.</remarks>
internal sealed class Owner
{
    public required Guid Id { get; init; }
    public Guid? OwnerPartyId { get; set; }
}
