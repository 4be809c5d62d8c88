using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Writes down what people do and try at the issuer's own pages, in the trail of the organisation that they act for. What the API does writes itself down.</summary>
internal sealed class PageTrail(IdentityDb db, TimeProvider time)
{
    /// <summary>With the next SaveChanges.</summary>
    public async Task Add(string what, Guid person, Guid? session, params string[] about) => db.Audit(what, person, await PartyOf(person), session?.ToString(), about: about);

    /// <summary>A change that saves nothing by itself, in one commit with its entry. What changes nothing leaves none.</summary>
    public Task<int> With(string what, Guid person, Guid? session, Func<Task<int>> change, params string[] about) => db.WithItsEntry(async () =>
    {
        var changed = await change();
        if (changed > 0) await Add(what, person, session, about);
        return changed;
    }, CancellationToken.None);

    /// <summary>Saves that somebody was refused: of nobody whom we know, that somebody tried.</summary>
    public async Task Refused(string what, Person? person, string why)
    {
        db.Audit(what, person?.Id, await PartyOf(person?.Id), refused: why);
        await db.SaveChangesAsync();
    }

    /// <summary>The organisation that the person acts for: the first that is open, as tokens say it. A stranger is looked for as well, so that the time tells nothing.</summary>
    public Task<Guid?> PartyOf(Guid? person)
    {
        var id = person ?? Guid.Empty;
        return db.Memberships.Open(time.GetUtcNow().UtcDateTime).Where(m => m.PersonId == id).OrderBy(m => m.From).Select(m => (Guid?)m.PartyId).FirstOrDefaultAsync();
    }
}
