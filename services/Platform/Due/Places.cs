namespace Recruitment.Platform;

/// <summary>At most so many of a kind at once whose subjects begin with the same so many characters.</summary>
/// <param name="Prefix">Of the subject: whose work it is.</param>
/// <param name="AtOnce">In one process.</param>
public sealed record Lane(int Prefix, int AtOnce);

/// <summary>Who has a place now: so many of each kind, and of each lane within it, however much of one waits and however old it is.</summary>
internal sealed class Places
{
    private readonly IReadOnlyDictionary<string, DueKind> kinds;

    /// <summary>The lane without a name is the kind as a whole.</summary>
    private readonly Dictionary<(string Kind, string Lane), (int Taken, int AtOnce)> places = [];

    public Places(IReadOnlyDictionary<string, DueKind> kinds, IEnumerable<DueRow> underWay)
    {
        this.kinds = kinds;
        foreach (var row in underWay) Give(row.Kind, row.Subject);
    }

    public IReadOnlyList<string> KindsWithRoom => [.. kinds.Keys.Where(k => !IsFull((k, ""), kinds[k].AtOnce))];

    public IReadOnlyList<(string Kind, string Lane)> FullLanes => [.. places.Where(p => p.Key.Lane.Length > 0 && IsFull(p.Key, p.Value.AtOnce)).Select(p => p.Key)];

    /// <summary>Whether there was one left.</summary>
    public bool Take(string kind, string subject)
    {
        if (Of(kind, subject).Any(p => IsFull((kind, p.Lane), p.AtOnce))) return false;
        Give(kind, subject);
        return true;
    }

    private void Give(string kind, string subject)
    {
        foreach (var (lane, atOnce) in Of(kind, subject)) places[(kind, lane)] = (places.GetValueOrDefault((kind, lane)).Taken + 1, atOnce);
    }

    private bool IsFull((string Kind, string Lane) place, int atOnce) => places.GetValueOrDefault(place).Taken >= atOnce;

    private IEnumerable<(string Lane, int AtOnce)> Of(string kind, string subject) =>
        kinds[kind].Lanes.Where(l => l.Prefix <= subject.Length).Select(l => (subject[..l.Prefix], l.AtOnce)).Prepend(("", kinds[kind].AtOnce));
}
