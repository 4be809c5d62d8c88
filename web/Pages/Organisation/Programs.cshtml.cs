using Microsoft.AspNetCore.Mvc;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/programs: an owner gives programs of the organisation access, renews their secrets and ends them.</summary>
[ConfirmsFirst]
public sealed class ProgramsModel(OrganisationClient organisations, ProgramsClient programs, TimeProvider time) : ProgramsOf(organisations, time)
{
    public static IReadOnlyList<string> AllScopes { get; } = ["api.read", "api", "scim"];

    /// <summary>What a program may be held to instead: each to read alone, or to read and write.</summary>
    public static IReadOnlyList<string> ServiceNames { get; } = ["suppliers", "risk", "accreditation", "reports", "identity"];

    public IReadOnlyList<ProgramsClient.Program> Programs { get; private set; } = [];

    /// <summary>What a program can be; the service has the last word.</summary>
    public IReadOnlyList<string> Offered { get; private set; } = [];

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    /// <summary>Scopes of single services; any of them takes the place of <see cref="Scope"/>.</summary>
    [BindProperty]
    public List<string> Only { get; set; } = [];

    [BindProperty]
    public string? Jwks { get; set; }

    [BindProperty]
    public int Days { get; set; } = 365;

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken stop)
    {
        var (made, refusal) = await programs.Make(Name?.Trim() ?? "", Role ?? "", Only.Count > 0 ? Only : [Scope ?? ""], Days, string.IsNullOrWhiteSpace(Jwks) ? null : Jwks.Trim(), stop);
        return await Show(made, refusal, stop);
    }

    public async Task<IActionResult> OnPostSecretAsync(string client, CancellationToken stop)
    {
        var (made, refusal) = await programs.ChangeSecret(client, OldUntil, Once, stop);
        return await Show(made, refusal, stop);
    }

    public async Task<IActionResult> OnPostEndAsync(string client, CancellationToken stop)
    {
        if (await programs.End(client, stop) is { } refusal) return await Show(null, refusal, stop);
        Done = T("programs.ended");
        return LocalRedirect(At("/organisation/programs"));
    }

    public bool OldSecretOpens(ProgramsClient.Program program) => StillOpens(program.OldSecretUntil);

    /// <summary>In words, where it is one of the three wide ones.</summary>
    public string ScopeName(string scope) => AllScopes.Contains(scope) ? T($"scope.{scope}")
        : scope.EndsWith(".read", StringComparison.Ordinal) ? T("scope.read-at", T($"service.{scope[..^".read".Length]}")) : T("scope.all-at", T($"service.{scope}"));

    protected override void Emptied() => (Jwks, Only) = (null, []);

    protected override async Task Load(CancellationToken stop)
    {
        Programs = [.. (await programs.List(stop)).Where(p => p.PartyId == Party && p.EndedAt is null)];
        Offered = [.. (await Organisations.Get(Party, stop)).Roles.Where(r => r is Roles.BrandAnalyst or Roles.SupplierUser or Roles.RecruiterUser or Roles.Auditor or Roles.SchemeManager)];
    }
}
