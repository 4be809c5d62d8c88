namespace Recruitment.Grievances.Cases;

/// <summary>Keyed hash of an organisation that a case is about, or of one of its group. A row of its own, so that the cases about one are found without reading all.</summary>
internal sealed record AccusedHash(Guid GrievanceId, string Hash);
