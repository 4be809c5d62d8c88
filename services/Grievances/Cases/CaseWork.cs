namespace Recruitment.Grievances.Cases;

/// <summary>How the audit trail calls whatever is done with a case: one name for all of it, for the name of a step, with its day and whose it was, would tell how a case goes.</summary>
internal static class CaseWork
{
    public const string Name = "WorkOnCase";
}
