using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Grievances;

/// <summary>Hashes that can be compared but not searched by whoever holds the database alone: the key lives outside it.</summary>
internal sealed class KeyedHashes(Secrets secrets)
{
    /// <summary>An organisation that a case is about, or that a reader is bound to.</summary>
    public string OfParty(Guid party) => Of("party", party.ToString());

    /// <summary>Kept with the case, to recognise the token that came out of it.</summary>
    public string OfTokenInCase(string token) => Of("token in case", token);

    /// <summary>Kept with the contribution; another purpose, so that the two cannot be matched without the token itself.</summary>
    public string OfTokenInContribution(string token) => Of("token in contribution", token);

    /// <summary>A worker's message in its case: known again when it is sent twice, and no other case's message has it.</summary>
    public Guid OfMessage(Guid grievance, Guid message) => new(Convert.FromHexString(Of("message", $"{grievance} {message}"))[..16]);

    private string Of(string purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secrets.GetKey("party-pepper"), Encoding.UTF8.GetBytes($"{purpose}\n{value}")));
}
