using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Credentials;

/// <summary>Makes links for mails, finds them and uses them up.</summary>
internal sealed class PersonLinks(IdentityDb db, TimeProvider time, IOptions<LinkOptions> options)
{
    /// <summary>With the next SaveChanges. A newer link of the same purpose ends those before it.</summary>
    public async Task<string> New(Guid person, string purpose, string value = "")
    {
        var now = time.GetUtcNow().UtcDateTime;
        var minutes = purpose switch
        {
            PersonLink.Password => options.Value.PasswordMinutes,
            PersonLink.OldEmail => options.Value.OldEmailHours * 60,
            _ => options.Value.OtherHours * 60,
        };
        // Those that stop or undo something stay: whoever did it could else end them by doing it again.
        if (purpose is not (PersonLink.NotMe or PersonLink.OldEmail)) await db.PersonLinks.Where(l => l.PersonId == person && l.Purpose == purpose).ExecuteDeleteAsync();
        await db.PersonLinks.Where(l => l.ExpiresAt < now).ExecuteDeleteAsync();
        var (link, token) = PersonLink.New(person, purpose, now.AddMinutes(minutes), value);
        db.PersonLinks.Add(link);
        return token;
    }

    /// <summary>The link, when it is good still.</summary>
    public async Task<PersonLink?> Find(string token, string purpose)
    {
        var (hash, now) = (OneTimeLink.HashOf(token), time.GetUtcNow().UtcDateTime);
        return await db.PersonLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash && l.Purpose == purpose && l.UsedAt == null && l.ExpiresAt > now);
    }

    /// <summary>Ends what was sent since this link: whoever changed the address may have asked for it. Links that put an earlier address back stay.</summary>
    public Task<int> EndThoseSince(PersonLink link) => db.PersonLinks
        .Where(l => l.PersonId == link.PersonId && l.TokenHash != link.TokenHash && (l.Purpose != PersonLink.OldEmail || l.ExpiresAt > link.ExpiresAt)).ExecuteDeleteAsync();

    /// <summary>False when somebody else has used it at this very moment.</summary>
    public async Task<bool> Use(PersonLink link)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await db.PersonLinks.Where(l => l.TokenHash == link.TokenHash && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now)) == 1;
    }
}

/// <summary>How long links in mails work, under Identity:Links.</summary>
internal sealed class LinkOptions
{
    /// <summary>That of a forgotten password. Default 30; 5 to 1440.</summary>
    public int PasswordMinutes { get; set; } = 30;

    /// <summary>Those that prove an address or stop a recovery. Default 72; 1 to 720.</summary>
    public int OtherHours { get; set; } = 72;

    /// <summary>That which puts an address back that was changed. Default 168; 24 to 720.</summary>
    public int OldEmailHours { get; set; } = 168;

    internal bool IsRight => PasswordMinutes is >= 5 and <= 1440 && OtherHours is >= 1 and <= 720 && OldEmailHours is >= 24 and <= 720;
}
