using Microsoft.AspNetCore.Identity;

namespace Recruitment.Identity.People;

/// <summary>
/// Whoever joins by a link without an address says himself which is his, and need not prove it. Where somebody else proves it, by the domain that it belongs to, the account that only said so loses it: it keeps its
/// password and its roles, and is nobody's whom the address names. Else whoever is first to say an address would be let in where its owner is.
/// </summary>
internal static class UnprovedAddress
{
    /// <summary>The account that has proved this address; null when there is none, and then it is free.</summary>
    public static async Task<Person?> Proved(this UserManager<Person> accounts, string address)
    {
        var known = await accounts.FindByEmailAsync(address);
        if (known is null or { EmailConfirmed: true }) return known;

        known.Email = known.UserName = $"{known.Id:N}@unproved.invalid";
        var taken = await accounts.UpdateAsync(known);
        return taken.Succeeded ? null : throw new InvalidOperationException("An address that nobody proved could not be taken back.");
    }
}
