namespace Recruitment.Grievances.Cases;

/// <summary>Answered or closed over a message that its reader never saw, a case would leave the list of those that wait, and whoever wrote "they have locked me in" with it.</summary>
internal static class UnreadMessages
{
    /// <summary>412 unless as many messages were read as there are: more cannot have been read, and would let pass whatever comes next.</summary>
    public static ProblemHttpResult? UnlessAllRead(this Grievance grievance, int? messagesRead) => messagesRead == grievance.Messages.Count
        ? null
        : Problems.Of(StatusCodes.Status412PreconditionFailed, "case-has-new-message",
            "Something was written in this case since you opened it, so nothing was kept. Open it again, read what is new, then repeat with the new number of messages as messagesRead.");
}
