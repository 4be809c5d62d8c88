using Microsoft.AspNetCore.Mvc;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Organisation;

namespace Recruitment.Web.Pages.Ownership;

/// <summary>/ownership: whoever was offered an organisation accepts or refuses it; before that nothing changes.</summary>
public sealed class IndexModel(OrganisationClient organisations) : OrganisationPage(organisations)
{
    public IReadOnlyList<OrganisationClient.Transfer> Offers { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public Task<IActionResult> OnPostAcceptAsync(Guid id, CancellationToken stop) => Answer(id, "accept", stop);

    public Task<IActionResult> OnPostRefuseAsync(Guid id, CancellationToken stop) => Answer(id, "refuse", stop);

    private async Task<IActionResult> Answer(Guid id, string answer, CancellationToken stop)
    {
        if (await Organisations.Answer(id, answer, stop) is { } refusal)
        {
            Problem = Said(refusal);
            await Load(stop);
            return Page();
        }
        Done = T($"ownership.done-{answer}");
        return LocalRedirect(At("/ownership"));
    }

    private async Task Load(CancellationToken stop) => Offers = [.. (await Organisations.Transfers(stop)).Where(t => !t.IsMine)];
}
