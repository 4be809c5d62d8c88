using System.Text;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>The secret under which shared secrets of authenticator apps lie in the database, and with which addresses that were tried are hashed.</summary>
internal sealed class CredentialKeys(Secrets secrets)
{
    public const string Secret = "credentials";

    public byte[] Seal(Guid person, byte[] plain) => AtRest.Seal(secrets.GetKey(Secret), plain, About(person));

    public byte[] Open(Guid person, byte[] whole) => AtRest.Open(secrets.GetKey(Secret), whole, About(person));

    private static byte[] About(Guid person) => Encoding.ASCII.GetBytes($"authenticator {person:N}");
}
