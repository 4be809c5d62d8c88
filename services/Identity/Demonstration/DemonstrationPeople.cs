using System.Text.Json;
using Recruitment.Identity.Clients;

namespace Recruitment.Identity.Demonstration;

/// <summary>The people and machines of the demonstration, from people.json.</summary>
internal sealed record DemonstrationPeople(IReadOnlyList<DemonstrationPeople.Someone> People, IReadOnlyList<MachineClient> Machines)
{
    public sealed record Someone(string Email, Guid PartyId, string Kind, string Role);

    public static DemonstrationPeople Read()
    {
        using var stream = typeof(DemonstrationPeople).Assembly.GetManifestResourceStream("Recruitment.Identity.Demonstration.people.json")!;
        var all = JsonSerializer.Deserialize<Someone[]>(stream, JsonSerializerOptions.Web)!;
        // The machine of a role acts for the same organisation: demo-auditor, and demo-recruiter_user-2 for the second.
        var machines = all.GroupBy(s => s.Role).SelectMany(role => role.DistinctBy(s => s.PartyId).Select((someone, index) => new MachineClient
        {
            ClientId = index == 0 ? $"demo-{role.Key}" : $"demo-{role.Key}-{index + 1}", PartyId = someone.PartyId, Kind = someone.Kind, Role = someone.Role,
        }));
        return new(all, [.. machines]);
    }
}
