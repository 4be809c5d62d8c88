namespace Recruitment.Grievances.Cases;

/// <summary>One copy of a case's private key, sealed to a reader, or to the worker's receipt when it names none.</summary>
internal sealed class CaseKey
{
    private CaseKey() { }

    public Guid Id { get; private init; }
    public Guid GrievanceId { get; private init; }
    public Guid? ReaderId { get; private init; }

    /// <summary>Which of the case's keys: messages name the one they are sealed to.</summary>
    public int Generation { get; private init; }

    /// <summary>Under the case's erasure key.</summary>
    public byte[] Sealed { get; private init; } = [];

    public static CaseKey Of(Guid grievance, Guid? reader, int generation, byte[] wrapped) =>
        new() { Id = RandomId.New(), GrievanceId = grievance, ReaderId = reader, Generation = generation, Sealed = wrapped };
}
