namespace Recruitment.Grievances.Cases;

/// <summary>A site or recruiter of the directory, or a name as the worker wrote it.</summary>
/// <remarks>Kind: site, recruiter or written.</remarks>
internal sealed record About(string Kind, Guid? Id, string Name);
