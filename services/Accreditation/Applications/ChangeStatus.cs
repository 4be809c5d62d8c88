using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Parties;
using Recruitment.Accreditation.Schemes;
using Recruitment.Accreditation.Texts;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/status (decision maker of the audit body): suspends, restores or withdraws a public status.</summary>
internal static class ChangeStatus
{
    /// <remarks>Rationale: why a status is restored or withdrawn, for the recruiter to read; asked for there and nowhere else. Only the code is published, and of a restoring that it happened.
    /// Kept: places in the rationale or the plan that the scan finds and that stay, each by its id with a reason, which is stored.</remarks>
    public sealed record Request(
        [property: Required(ErrorMessage = NoAction), AllowedValues("suspend", "restore", "withdraw", ErrorMessage = NoAction)] string Action, [property: OneOf(typeof(Codes), nameof(Codes.Reasons))] string? ReasonCode = null, Plan? JobseekerPlan = null,
        [property: StringLength(4000, MinimumLength = 10, ErrorMessage = NoRationale)] string? Rationale = null,
        [property: MaxLength(200, ErrorMessage = "200 answers are the most that one request takes.")] IReadOnlyList<Keep>? Kept = null);

    /// <summary>What happens to jobseekers already in process.</summary>
    public sealed record Plan(
        [property: Required(ErrorMessage = "Money" + Missing), StringLength(2000, ErrorMessage = "Money" + Missing)] string Money,
        [property: Required(ErrorMessage = "Papers" + Missing), StringLength(2000, ErrorMessage = "Papers" + Missing)] string Papers,
        [property: Required(ErrorMessage = "Contracts" + Missing), StringLength(2000, ErrorMessage = "Contracts" + Missing)] string Contracts,
        [property: Required(ErrorMessage = "Travel" + Missing), StringLength(2000, ErrorMessage = "Travel" + Missing)] string Travel);

    private const string NoRationale = "Write why the status is restored or withdrawn, in 10 to 4000 characters.";
    private const string NoAction = "The action is suspend, restore or withdraw.";
    private const string Missing = ": say what happens to jobseekers in process, in 2000 characters at most.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/status", Handle).WithName(nameof(ChangeStatus)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.DecisionMaker).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Request request, Caller caller, AccreditationDb db, TimeLimits limits, Wording wording, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null || !caller.MayDecide(application)) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        await db.RequireIndependent(caller.Party, application.RecruiterPartyId, stop);
        var plan = request.JobseekerPlan is { } p ? new JobseekerPlan(p.Money, p.Papers, p.Contracts, p.Travel) : null;
        if (request.Action == "suspend") application.Suspend(request.ReasonCode ?? "", plan, limits, caller.Subject, caller.Party, clock.Now);
        else if (request.Action == "restore") application.Restore(request.Rationale, caller.Subject, caller.Party, clock.Now);
        else application.Withdraw(request.ReasonCode ?? "", request.Rationale, caller.Subject, caller.Party, clock.Now);
        // Neither rationale nor plan is stored with another action than its own.
        IReadOnlyList<(string, string)> texts = request.Action switch { "suspend" => Wording.Of(plan!), _ => [(Wording.Rationale, request.Rationale!)] };
        application.KeepStepHits(await wording.Require(application, texts, request.Kept, null, stop));
        db.AskFor(application, limits);
        await db.PublishStatus(application, limits, clock, stop);
        await db.TellRecruiter(application, limits.TodayOf(clock), stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
