namespace Recruitment.Risk.Viewing;

/// <summary>Who belongs to whom as Suppliers knows it. What is not known counts as related: a doubt withholds.</summary>
internal sealed class OwnershipGroups(IReadOnlyDictionary<Guid, Guid?> owners)
{
    public bool MayBeRelated(Guid one, Guid other)
    {
        if (one == other) return true;
        return Line(one) is not { } ones || Line(other) is not { } others || ones.Overlaps(others);
    }

    /// <summary>The organisation and its owners upwards; null when one of them is not known here.</summary>
    private HashSet<Guid>? Line(Guid start)
    {
        var line = new HashSet<Guid>();
        for (Guid? at = start; at is { } id && line.Add(id); at = owners[id])
        {
            if (!owners.ContainsKey(id)) return null;
        }
        return line;
    }
}
