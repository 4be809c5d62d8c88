namespace Recruitment.Contracts.Accreditation;

/// <summary>A recruiter's public status under a scheme, with its history. Only statuses that are public are ever published.</summary>
/// <remarks>Published by Accreditation. Heard by Register and Risk.</remarks>
public sealed record AccreditationChanged
{
    public required Guid AccreditationId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid RecruiterPartyId { get; init; }
    public required string RecruiterName { get; init; }
    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Country { get; init; }
    public required string SchemeCode { get; init; }
    public required string SchemeVersion { get; init; }
    /// <summary>granted, suspended, withdrawn or expired.</summary>
    public required string Status { get; init; }
    /// <summary>A code with a fixed text; never free text, never a grievance.</summary>
    public string? StatusReason { get; init; }
    /// <summary>Corridors in scope as "ORI-DES", ISO 3166-1 alpha-3.</summary>
    public required IReadOnlyList<string> Corridors { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }
    public required IReadOnlyList<AccreditationStatus> History { get; init; }

    /// <summary>What a status is on a day: granted or suspended, it ends by itself after its last day, whether or not anybody says so. The one rule for whoever shows or weighs it.</summary>
    public static string StatusOn(string status, DateOnly? validTo, DateOnly day) => status is "granted" or "suspended" && validTo < day ? "expired" : status;
}

/// <summary>One line of the public history, oldest first.</summary>
public sealed record AccreditationStatus
{
    public required string Status { get; init; }
    public required DateOnly On { get; init; }
    public string? Reason { get; init; }
}
