using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Somebody has asked for a new password for an address. Whether there is an account with it is looked up later, so that the asking tells nothing, not by its time either.</summary>
internal sealed class AskedForPassword
{
    public Guid Id { get; private init; }

    /// <summary>The address, the language and who may get it, under a key that is not in the database.</summary>
    public byte[] Sealed { get; private init; } = [];

    /// <param name="email">As typed.</param>
    /// <param name="language">Of the mail.</param>
    /// <param name="owners">For whom it goes out and for nobody else, as <see cref="KnownDevices.OwnerOf"/> names them; for everybody when there is none.</param>
    /// <param name="keys">Which seal it.</param>
    public static AskedForPassword Of(string email, string language, IEnumerable<string> owners, CredentialKeys keys)
    {
        var id = RandomId.New();
        return new() { Id = id, Sealed = keys.Seal(id, JsonSerializer.SerializeToUtf8Bytes((string[])[email, language, .. owners])) };
    }

    public (string Email, string Language, IReadOnlyList<string> Owners) Open(CredentialKeys keys) =>
        JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(keys.Open(Id, Sealed))) is [var email, var language, .. var owners] ? (email, language, owners) : throw new InvalidOperationException("It was not sealed here.");
}

/// <summary>Sends the link when there is an account whose owner has proved to have this address; else nothing happens.</summary>
internal sealed class SendForgottenPassword(IdentityDb db, UserManager<Person> people, PersonLinks links, Notices notices, CredentialKeys keys) : IDueWork
{
    public const string Kind = "forgotten-password";

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var id = Guid.ParseExact(subject, "N");
        if (await db.Set<AskedForPassword>().SingleOrDefaultAsync(a => a.Id == id, stop) is not { } asked) return null;
        db.Remove(asked);
        var (email, language, owners) = asked.Open(keys);
        if (await people.FindByEmailAsync(email) is { EmailConfirmed: true } person && (owners.Count == 0 || owners.Contains(KnownDevices.OwnerOf(person))))
            notices.AddLink(person.Email!, "forgotten", "new-password", await links.New(person.Id, PersonLink.Password), language);
        await db.SaveChangesAsync(stop);
        return null;
    }
}
