using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Deadlines;

/// <summary>A day has come: a status that is over is published as expired, and of each the recruiter's programs are told. Whose task it is now, the lists of applications say.</summary>
internal sealed class ReachDeadline(AccreditationDb db, TimeLimits limits, BusinessClock clock) : IDueWork
{
    public const string Kind = "deadline";

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var (id, name) = Deadline.Read(subject);
        if (await db.Applications.Include(a => a.History).SingleOrDefaultAsync(a => a.Id == id, stop) is not { } application) return null;
        // Looked for anew: it may have moved or gone since it was asked for.
        if (Deadline.Of(application, limits).SingleOrDefault(d => d.Name == name) is not { } deadline || deadline.IsMoot(limits.TodayOf(clock))) return null;
        if (deadline.At > clock.Now) return deadline.At;
        if (await db.Reminders.AnyAsync(r => r.ApplicationId == id && r.Deadline == name && r.Day == deadline.Day, stop)) return null;

        db.Reminders.Add(new Reminder { ApplicationId = id, Deadline = name, Day = deadline.Day, SaidAt = clock.Now });
        if (name == Deadline.ValidityOver)
        {
            application.Expire();
            await db.PublishStatus(application, limits, clock, stop);
            await db.TellRecruiter(application, limits.TodayOf(clock), stop);
        }
        else
        {
            await db.Announce(application.RecruiterPartyId, Reminder.Said, new { applicationId = id, reminder = name, day = deadline.Day }, stop);
        }
        return null;
    }
}
