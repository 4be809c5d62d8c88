namespace Recruitment.Grievances.Cases;

/// <summary>Something written, by the worker or a reader, that only the case key opens; a reply has a second copy for the receipt.</summary>
internal sealed class SealedMessage
{
    public const string FromWorker = "worker";
    public const string FromReader = "reader";

    private SealedMessage() { }

    public Guid Id { get; private init; }
    public Guid GrievanceId { get; private init; }
    public string Author { get; private init; } = "";
    public int Position { get; private init; }
    public DateOnly WrittenOn { get; private init; }
    public int Generation { get; private init; }
    public byte[] SealedForCase { get; private init; } = [];

    /// <summary>A reply for the receipt, under the case's erasure key.</summary>
    public byte[]? SealedForWorker { get; private init; }

    public static SealedMessage Of(Guid id, Guid grievance, string author, int position, DateOnly on, int generation, byte[] forCase, byte[]? forWorker) => new()
    {
        Id = id, GrievanceId = grievance, Author = author, Position = position, WrittenOn = on, Generation = generation, SealedForCase = forCase, SealedForWorker = forWorker,
    };
}
