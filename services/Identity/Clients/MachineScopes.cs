using Recruitment.Identity.Provisioning;
using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>What a machine may ask for: <c>api</c> is all that its role may, <c>NAME</c> that at one service; with <c>.read</c> only what changes nothing; <c>scim</c> is for an organisation's directory and nothing else. Services check it (Platform's MachineAccess).</summary>
internal static class MachineScopes
{
    public const string Api = "api";
    public const string Read = ".read";

    public static IReadOnlyList<string> All { get; } =
        [.. KnownSettings.Programs.Where(p => p is not "web").Prepend(Api).SelectMany(name => new[] { name, name + Read }), ScimAccess.Scope];
}
