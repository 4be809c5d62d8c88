using Microsoft.AspNetCore.Mvc;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>What the pages of an organisation's programs share: what was made is shown in the answer to the form that made it, and never again.</summary>
public abstract class ProgramsOf(OrganisationClient organisations, TimeProvider time) : OrganisationPage(organisations)
{
    /// <summary>So many hours an old secret may go on, for whoever has to change a program; the service has the last word.</summary>
    public static IReadOnlyList<int> Graces { get; } = [0, 24, 72, 168];

    public (string Id, string? Secret)? Made { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public int Grace { get; set; } = 24;

    /// <summary>Until when the old secret of a program goes on beside a new one.</summary>
    protected DateTime OldUntil => time.GetUtcNow().UtcDateTime.AddHours(Graces.Contains(Grace) ? Grace : 0);

    protected bool StillOpens(DateTime? oldSecretUntil) => oldSecretUntil > time.GetUtcNow().UtcDateTime;

    protected async Task<IActionResult> Show((string Id, string? Secret)? made, OrganisationClient.Refusal? refusal, CancellationToken stop)
    {
        (Made, Problem) = (made, refusal is null ? null : Said(refusal));
        if (made is not null)
        {
            ModelState.Clear();
            Name = null;
            Emptied();
            Response.Headers.CacheControl = "no-store";
        }
        await Load(stop);
        return Page();
    }

    /// <summary>What was written is made; the form is for the next.</summary>
    protected abstract void Emptied();

    protected abstract Task Load(CancellationToken stop);
}

/// <summary>The form for a new secret of one program; Field is the id of its field, another for each program of the page.</summary>
public sealed record SecretForm(ProgramsOf Page, string At, string Client, string Name, int Version, string Field);
