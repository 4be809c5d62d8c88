using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>Programs whose maker has left the organisation. They go on, for somebody may need them, and not unseen: its owners hear of it, and whoever looks at programs sees it of each.</summary>
internal static class LeftBehind
{
    /// <summary>A program of either kind, and who made it.</summary>
    public sealed record Program(string ClientId, Guid? PartyId, string Name, string CreatedBy);

    /// <summary>Which of these are: whoever made one belongs neither to its organisation any more nor, as an administrator does, to every one's operator.</summary>
    public static async Task<IReadOnlySet<string>> Among(IdentityDb db, IEnumerable<Program> programs, DateTime now, CancellationToken stop)
    {
        var made = programs.Select(p => (p.ClientId, p.PartyId, By: Guid.TryParse(p.CreatedBy, out var by) ? by : Guid.Empty)).Where(p => p.By != Guid.Empty).ToList();
        var makers = made.Select(p => p.By).Distinct().ToList();
        var open = await db.Memberships.Open(now).Where(m => makers.Contains(m.PersonId)).Select(m => new { m.PersonId, m.PartyId, m.Role }).ToListAsync(stop);
        return made.Where(p => !open.Any(m => m.PersonId == p.By && (m.PartyId == p.PartyId || m.Role == Roles.Administrator))).Select(p => p.ClientId).ToHashSet();
    }

    /// <summary>Tells the owners of each organisation, when these memberships have just ended, what is left there. Saves.</summary>
    public static async Task Tell(IdentityDb db, IReadOnlyCollection<Membership> ended, DateTime now, CancellationToken stop)
    {
        var gone = ended.Select(m => m.PersonId.ToString()).Distinct().ToList();
        List<Program> made =
        [
            .. await db.Machines.Where(m => gone.Contains(m.CreatedBy) && m.EndedAt == null && m.ExpiresAt > now).Select(m => new Program(m.ClientId, m.PartyId, m.Name, m.CreatedBy)).ToListAsync(stop),
            .. await db.SignInClients.Where(c => gone.Contains(c.CreatedBy) && c.EndedAt == null).Select(c => new Program(c.ClientId, c.PartyId, c.Name, c.CreatedBy)).ToListAsync(stop),
        ];
        if (made.Count == 0) return;

        var left = await Among(db, made, now, stop);
        // Where he had left before, it was told then.
        bool IsOfNow(Program program) => left.Contains(program.ClientId) && ended.Any(m => m.PersonId.ToString() == program.CreatedBy && (m.PartyId == program.PartyId || m.Role == Roles.Administrator));
        // Whoever ends a membership says nothing of the language of those who are told.
        var said = string.Join("\n\n", Wordings.Languages.Select(l => Wordings.Of(l, "mail.maker-left")));
        foreach (var of in made.Where(IsOfNow).GroupBy(p => p.PartyId))
        {
            var owners = db.Memberships.Open(now).Where(m => m.PartyId == of.Key && m.Role == Roles.Owner).Select(m => m.PersonId);
            var named = string.Join('\n', of.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name} ({p.ClientId})"));
            foreach (var email in await db.People.Where(p => owners.Contains(p.Id)).Select(p => p.Email!).ToListAsync(stop))
                db.SendMail(email, Wordings.Of(Wordings.Plain, "mail.maker-left.subject"), $"{said}\n\n{named}\n", leavesNoTrace: true);
        }
        await db.SaveChangesAsync(stop);
    }
}
