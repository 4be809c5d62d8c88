using Microsoft.AspNetCore.Http.HttpResults;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>Which roles an organisation gives hangs on what Suppliers has registered it as, whenever a role is given: on invitation and when it is given back.</summary>
internal static class RolesOfParty
{
    /// <summary>Null when the organisation is of this kind. Throws when it is of another.</summary>
    public static async Task<ProblemHttpResult?> WhyNot(this SuppliersClient suppliers, Guid party, string kind, Caller caller, CancellationToken stop)
    {
        // The operator that was set up here may be registered nowhere; it is the one organisation that has administrators.
        var registered = (await suppliers.Find(party, stop))?.Kind ?? (party == caller.PartyId ? PartyKinds.Operator : null);
        if (registered is null) return Problems.Bad("unknown-party", "No organisation is registered under this id. Register it first, or search for the one you mean.");
        return registered == kind
            ? null
            : throw new BrokenRuleException("kind-not-its-own", $"This organisation is a {registered.Replace('_', ' ')} and gives the roles of one. Choose one of those.");
    }
}
