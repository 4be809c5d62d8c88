namespace Recruitment.Identity.Clients;

/// <summary>What a machine's access token says: for which organisation it acts and with which role.</summary>
internal sealed class MachineClient
{
    public string ClientId { get; init; } = "";
    public Guid? PartyId { get; init; }
    public string Kind { get; init; } = "";
    public string Role { get; init; } = "";
}
