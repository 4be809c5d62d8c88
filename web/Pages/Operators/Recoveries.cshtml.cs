using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/recoveries: somebody has lost every second step and asks to be let in; two administrators who have made sure approve, one who finds that it is not the owner refuses.</summary>
[ConfirmsFirst]
public sealed class RecoveriesModel(OversightClient oversight) : PageModel
{
    public OversightClient.Recoveries Asked { get; private set; } = new([], null);
    public (Guid Recovery, string Sentence)? Problem { get; private set; }

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostAsync(Guid recovery, string? act, CancellationToken stop)
    {
        var approve = act == "approve";
        if (!approve && act != "refuse") return BadRequest();

        if (await oversight.Answer(recovery, approve, Once, stop) is { } refusal)
        {
            Problem = (recovery, refusal);
            await Load(stop);
            return Page();
        }
        Done = approve ? "Approved. The owner of the account is told by mail." : "Refused. The account opens as before, with its second step.";
        return LocalRedirect("/operators/recoveries");
    }

    public static string State(OversightClient.Recovery asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return asked.EndedBecause switch
        {
            "used" => "Used: the owner is in again",
            "signed-in" => "Over: the owner signed in with a second step, or asked anew",
            "not-me" => "Over: the owner says that somebody else asked",
            "refused" => "Refused by an administrator",
            _ => asked.IsOpen ? asked.Approvals switch { 0 => "Nobody has approved it", 1 => "One of two has approved it", _ => "Two have approved it" } : "Over: nobody used it in time",
        };
    }

    private async Task Load(CancellationToken stop) => Asked = await oversight.AskedRecoveries(Cursor, stop);
}
