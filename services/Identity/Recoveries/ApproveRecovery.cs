using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Recoveries;

/// <summary>POST /api/v1/identity/recoveries/{id}/approve (administrator, a person): one of two who have made sure, by another way than mail, that the owner of the account asks. The owner is told.</summary>
internal static class ApproveRecovery
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/recoveries/{id:guid}/approve", Handle).WithName(nameof(ApproveRecovery)).RequireRoles(Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true).WithIfMatch();

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Caller caller, IdentityDb db, AccountRecovery recoveries, TimeProvider time, IOptions<RecoveryOptions> options, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        if (await db.Recoveries.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } recovery) return TypedResults.NotFound();
        caller.MustHaveRead(recovery.Version);
        if (!Guid.TryParse(caller.Subject, out var administrator)) throw new BrokenRuleException("no-person", "A program approves no recovery.");

        await recovery.Audit(db, now, stop);
        recovery.Approve(administrator, now, options.Value);
        await recoveries.TellWithTheNextSave(await db.People.SingleAsync(p => p.Id == recovery.PersonId, stop), recovery, "recovery-approved", Wordings.Plain);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
