namespace Recruitment.Faults.Tests.Load;

/// <summary>Somebody who uses the product: one write after the other, each under an id of its own and sent again until it is acknowledged.</summary>
internal abstract class Actor(int seed)
{
    /// <summary>In what it makes, so that nobody else makes the same.</summary>
    protected int Seed => seed;

    /// <summary>Its own, so that what it does depends on the seed alone and not on the others' pace.</summary>
    protected Random Random { get; } = new(seed);

    /// <summary>Between two writes.</summary>
    public virtual TimeSpan Pause => TimeSpan.FromMilliseconds(Random.Next(100, 500));

    public abstract Task Write(CancellationToken stop);

    /// <summary>Whether everything acknowledged is there once, and nothing else; a sentence for each thing that is not. Asked while nobody writes.</summary>
    public abstract Task<IReadOnlyList<string>> Wrong(CancellationToken stop);
}
