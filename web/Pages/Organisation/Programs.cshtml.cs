using Microsoft.AspNetCore.Mvc;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/programs: an owner gives programs of the organisation access, renews their secrets and ends them.</summary>
[ConfirmsFirst]
public sealed class ProgramsModel(OrganisationClient organisations, ProgramsClient programs, TimeProvider time) : OrganisationPage(organisations)
{
    /// <summary>So long an old secret goes on, for whoever has to change a program.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public static IReadOnlyList<string> AllScopes { get; } = ["api.read", "api", "scim"];

    public IReadOnlyList<ProgramsClient.Program> Programs { get; private set; } = [];

    /// <summary>What a program can be; the service has the last word.</summary>
    public IReadOnlyList<string> Offered { get; private set; } = [];

    /// <summary>Shown in the answer to the form that made it, and never again.</summary>
    public (string Id, string Secret)? Made { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty]
    public int Days { get; set; } = 365;

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken stop)
    {
        var (made, refusal) = await programs.Make(Name?.Trim() ?? "", Role ?? "", [Scope ?? ""], Days, stop);
        return await Show(made, refusal, stop);
    }

    public async Task<IActionResult> OnPostSecretAsync(string client, CancellationToken stop)
    {
        var (made, refusal) = await programs.ChangeSecret(client, time.GetUtcNow().UtcDateTime + Grace, Once, stop);
        return await Show(made, refusal, stop);
    }

    public async Task<IActionResult> OnPostEndAsync(string client, CancellationToken stop)
    {
        if (await programs.End(client, stop) is { } refusal) return await Show(null, refusal, stop);
        Done = T("programs.ended");
        return LocalRedirect(At("/organisation/programs"));
    }

    private async Task<IActionResult> Show((string Id, string Secret)? made, OrganisationClient.Refusal? refusal, CancellationToken stop)
    {
        (Made, Problem) = (made, refusal is null ? null : Said(refusal));
        if (made is not null)
        {
            ModelState.Clear();
            Name = null;
            Response.Headers.CacheControl = "no-store";
        }
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        Programs = [.. (await programs.List(stop)).Where(p => p.PartyId == Party && p.EndedAt is null)];
        Offered = [.. (await Organisations.Get(Party, stop)).Roles.Where(r => r is Roles.BrandAnalyst or Roles.SupplierUser or Roles.RecruiterUser or Roles.Auditor or Roles.SchemeManager)];
    }
}
