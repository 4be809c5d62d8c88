using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Deadlines;

internal static class Asking
{
    /// <summary>With the next save: each deadline of this application has its due row, and one that it has no more has none.</summary>
    public static void AskFor(this AccreditationDb db, Application application, TimeLimits limits)
    {
        var ahead = Deadline.Of(application, limits).ToDictionary(d => d.Name);
        foreach (var name in Deadline.Names)
        {
            var subject = Deadline.SubjectOf(application.Id, name);
            if (ahead.TryGetValue(name, out var deadline)) db.Due(ReachDeadline.Kind, subject, deadline.At);
            else db.NotDue(ReachDeadline.Kind, subject);
        }
    }
}
