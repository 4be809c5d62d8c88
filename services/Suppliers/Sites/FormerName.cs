using Microsoft.EntityFrameworkCore;

namespace Recruitment.Suppliers.Sites;

/// <summary>A name that a site had before its supplier gave it another: whoever worked there knows it by that one, and a new name must not hide whom she means.</summary>
/// <remarks>Indexed apart from the name that the site has now, so that half of one and half of another find nothing. The first few alone are kept: somebody who renames on and on
/// can neither crowd other places out of the search nor gather names that others bear.</remarks>
internal sealed class FormerName
{
    /// <summary>Of one site, the first it had.</summary>
    public const int Most = 5;

    /// <summary>Its kind among the grams.</summary>
    public const string Kind = "former";

    /// <summary>Made from site and name, so that one name is kept once.</summary>
    public Guid Id { get; private init; }

    public SiteId SiteId { get; private init; }
    public string Name { get; private init; } = "";

    public static FormerName Of(SiteId site, string name) => new() { Id = Names.FormerNameId(site, name), SiteId = site, Name = name };

    public IEnumerable<NameGram> Grams() => NameGram.Of(Kind, Id, Name);

    /// <summary>Kept from the next save on, where the name that follows is another.</summary>
    public static async Task Keep(SuppliersDb db, Site site, string before, CancellationToken stop)
    {
        var former = Of(site.Id, before);
        if (Names.Normalised(before) == Names.Normalised(site.Name) || await db.FormerNames.AnyAsync(f => f.Id == former.Id, stop)) return;
        if (await db.FormerNames.CountAsync(f => f.SiteId == site.Id, stop) >= Most) return;
        db.FormerNames.Add(former);
        db.Grams.AddRange(former.Grams());
    }
}
