using System.Text;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>An organisation's own OpenID Connect provider, at which its people sign in. It speaks for people of this organisation alone, at addresses of domains that the organisation has proved.</summary>
internal sealed class OrganisationProvider
{
    /// <summary>The secret under which client secrets are sealed.</summary>
    public const string Secret = "single-sign-on";

    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }

    /// <summary>As its metadata and its tokens name it.</summary>
    public string Issuer { get; private set; } = "";

    public string ClientId { get; private set; } = "";
    public byte[] SealedSecret { get; private set; } = [];

    /// <summary>The claim of the id token that holds the e-mail address.</summary>
    public string EmailClaim { get; private set; } = "email";

    /// <summary>The claim that holds groups, by the rules of which somebody new gets roles; empty when there is none.</summary>
    public string GroupsClaim { get; private set; } = "";

    /// <summary>Somebody of the organisation's domains who is not known here yet gets an account at the first sign-in.</summary>
    public bool JustInTime { get; private set; }

    /// <summary>People of the organisation's domains sign in there and in no other way; its owners can still, or a broken provider would lock everybody out.</summary>
    public bool IsForced { get; private set; }

    public int Version { get; private set; } = 1;

    public static OrganisationProvider New(Guid party) => new() { Id = Guid.CreateVersion7(), PartyId = party };

    public void Change(string issuer, string clientId, string emailClaim, string groupsClaim, bool justInTime, bool forced)
    {
        (Issuer, ClientId, EmailClaim, GroupsClaim, JustInTime, IsForced) = (issuer, clientId, emailClaim, groupsClaim, justInTime, forced);
        Version++;
    }

    public void Seal(string clientSecret, byte[] key) => SealedSecret = AtRest.Seal(key, Encoding.UTF8.GetBytes(clientSecret), Id.ToByteArray());

    public string ClientSecret(byte[] key) => Encoding.UTF8.GetString(AtRest.Open(key, SealedSecret, Id.ToByteArray()));
}
