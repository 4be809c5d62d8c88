using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.People;

/// <summary>Questions about memberships that have neither been ended nor run out.</summary>
internal static class OpenMemberships
{
    public static IQueryable<Membership> Open(this IQueryable<Membership> memberships, DateTime now) => memberships.Where(m => m.To == null && (m.Until == null || m.Until > now));

    /// <summary>For tokens: whoever answered until a day that is over has no membership any more, though nobody ended it.</summary>
    public static IQueryable<Person> WithOpenMemberships(this IQueryable<Person> people, DateTime now) =>
        people.Include(p => p.Memberships.Where(m => m.To == null && (m.Until == null || m.Until > now)));
}
