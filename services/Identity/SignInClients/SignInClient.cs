using System.Buffers.Text;
using System.Security.Cryptography;
using Recruitment.Platform;

namespace Recruitment.Identity.SignInClients;

/// <summary>A program of an organisation at which people sign in with their account here. It learns who somebody is, as that person allowed, and opens nothing. Its secret lies with OpenIddict.</summary>
internal sealed class SignInClient
{
    public string ClientId { get; init; } = "";
    public Guid PartyId { get; init; }

    /// <summary>As people read it when they are asked (<see cref="ClientName"/>).</summary>
    public string Name { get; init; } = "";

    /// <summary>How the organisation was called when it registered this; empty of the operator.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Where answers may go, separated by blanks (<see cref="RedirectAddress"/>).</summary>
    public string RedirectUris { get; init; } = "";

    /// <summary>It cannot keep a secret and has none.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Subject of the person who registered it.</summary>
    public string CreatedBy { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    /// <summary>The same for all of one organisation: what makes its subjects.</summary>
    public string SubjectKey { get; init; } = "";

    public DateTime? EndedAt { get; private set; }

    /// <summary>Until then the secret before this one opens as well.</summary>
    public DateTime? OldSecretUntil { get; private set; }

    public int Version { get; private set; } = 1;

    public static string NewSubjectKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whom this organisation's clients know somebody as. Another organisation's know him as another, and neither finds out by it that they speak of one person.</summary>
    public string SubjectOf(Guid person) => Base64Url.EncodeToString(HMACSHA256.HashData(Convert.FromHexString(SubjectKey), person.ToByteArray()));

    public void End(DateTime now)
    {
        if (EndedAt is not null) return;
        EndedAt = now;
        Version++;
    }

    public void ChangeSecret(DateTime oldUntil)
    {
        if (EndedAt is not null) throw new BrokenRuleException("client-over", "This client has ended. Register another one.");
        if (IsPublic) throw new BrokenRuleException("client-has-no-secret", "This client is public: it has no secret.");
        OldSecretUntil = oldUntil;
        Version++;
    }
}
