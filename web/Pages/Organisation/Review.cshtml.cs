using Microsoft.AspNetCore.Mvc;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/review: an owner decides of each role and each program whether it stays, once a year; what was decided can be taken along as a table.</summary>
public sealed class ReviewModel(OrganisationClient organisations) : OrganisationPage(organisations)
{
    /// <summary>The open review; null when there is none.</summary>
    public OrganisationClient.Review? Review { get; private set; }

    public IReadOnlyList<OrganisationClient.ReviewOf> Finished { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public Task<IActionResult> OnPostBeginAsync(CancellationToken stop) => Change(Organisations.BeginReview(Party, Once, stop), null, stop);

    public Task<IActionResult> OnPostKeepAsync(Guid id, Guid line, CancellationToken stop) => Change(Organisations.Decide(Party, id, line, "keep", stop), "done.kept", stop);

    public Task<IActionResult> OnPostEndAsync(Guid id, Guid line, CancellationToken stop) => Change(Organisations.Decide(Party, id, line, "end", stop), "done.ended", stop);

    public async Task<IActionResult> OnGetTableAsync(Guid id, CancellationToken stop) =>
        await Organisations.Export(Party, id, stop) is { } table ? File(table, "text/csv", "review-of-access.csv") : NotFound();

    private async Task<IActionResult> Change(Task<OrganisationClient.Refusal?> change, string? done, CancellationToken stop)
    {
        if (await change is { } refusal)
        {
            Problem = Said(refusal);
            await Load(stop);
            return Page();
        }
        Done = done is null ? null : T(done);
        return LocalRedirect(At("/organisation/review"));
    }

    private async Task Load(CancellationToken stop)
    {
        var reviews = await Organisations.Reviews(Party, stop);
        Finished = [.. reviews.Where(r => r.ClosedAt is not null)];
        if (reviews.FirstOrDefault(r => r.ClosedAt is null) is { } open) Review = await Organisations.GetReview(Party, open.Id, stop);
    }
}
