using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;

namespace Recruitment.Accreditation.Deadlines;

/// <summary>A day of an application at whose end something is said or done, whether or not anybody looks at it.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Day">The day it is about.</param>
/// <param name="At">When it is reached, UTC: as a rule the end of that day where the scheme's days are counted.</param>
internal sealed record Deadline(string Name, DateOnly Day, DateTime At)
{
    public const string DeferralOver = "deferral_over", SuspensionOver = "suspension_over", ValidityEndsSoon = "validity_ends_soon", ValidityOver = "validity_over";

    public static readonly IReadOnlyList<string> Names = [DeferralOver, SuspensionOver, ValidityEndsSoon, ValidityOver];

    /// <summary>Those that an application has as it stands; the past ones as well.</summary>
    public static IEnumerable<Deadline> Of(Application application, TimeLimits limits)
    {
        if (application is { State: State.Deferred, DeferredUntil: { } deferred }) yield return new(DeferralOver, deferred, limits.Calendar.EndOf(deferred));
        if (application is not { State: State.Granted or State.Suspended, ValidFrom: { } from, ValidTo: { } last }) yield break;

        // A status that ends before its suspension leaves nobody anything to decide.
        if (application is { State: State.Suspended, SuspendedUntil: { } until } && until < last) yield return new(SuspensionOver, until, limits.Calendar.EndOf(until));
        yield return new(ValidityEndsSoon, last, limits.Calendar.EndOf(limits.ValidityReminder(from, last).AddDays(-1)));
        yield return new(ValidityOver, last, limits.Calendar.EndOf(last));
    }

    /// <summary>Too late to be of use: what is over ends soon no more.</summary>
    public bool IsMoot(DateOnly today) => Name == ValidityEndsSoon && Day < today;

    public static string SubjectOf(Guid application, string name) => $"{application:N}/{name}";

    public static (Guid Application, string Name) Read(string subject) => (Guid.ParseExact(subject.AsSpan(0, 32), "N"), subject[33..]);
}
