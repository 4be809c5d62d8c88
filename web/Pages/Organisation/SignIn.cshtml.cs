using Microsoft.AspNetCore.Mvc;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/sign-in: an owner proves the organisation's domains, names its own provider, and says what its directory may do.</summary>
[ConfirmsFirst]
public sealed class SignInModel(OrganisationClient organisations, OwnSignInClient signIn) : OrganisationPage(organisations)
{
    public IReadOnlyList<OwnSignInClient.Domain> Domains { get; private set; } = [];
    public OwnSignInClient.Provider Provider { get; private set; } = null!;
    public OwnSignInClient.Directory Directory { get; private set; } = null!;

    /// <summary>Which part of the page the problem belongs to.</summary>
    public string Part { get; private set; } = "";

    [BindProperty]
    public string? Domain { get; set; }

    [BindProperty]
    public string? Issuer { get; set; }

    [BindProperty]
    public string? ClientId { get; set; }

    /// <summary>The client's secret at the provider; empty keeps the one that is here. Never shown again.</summary>
    [BindProperty]
    public string? ClientPassword { get; set; }

    [BindProperty]
    public string? EmailClaim { get; set; }

    [BindProperty]
    public string? GroupsClaim { get; set; }

    [BindProperty]
    public bool JustInTime { get; set; }

    [BindProperty]
    public bool Forced { get; set; }

    [BindProperty]
    public string? GroupName { get; set; }

    [BindProperty]
    public string? GroupRole { get; set; }

    [BindProperty]
    public string? RoleOfAll { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        await Load(stop);
        (Issuer, ClientId, EmailClaim, GroupsClaim, JustInTime, Forced) = (Provider.Issuer, Provider.ClientId, Provider.EmailClaim, Provider.GroupsClaim, Provider.JustInTime, Provider.Forced);
    }

    public Task<IActionResult> OnPostClaimAsync(CancellationToken stop) => Change("domains", signIn.Claim(Domain ?? "", stop), "domain.done", stop);

    public Task<IActionResult> OnPostProveAsync(Guid id, CancellationToken stop) => Change("domains", signIn.Prove(id, stop), "domain.proved", stop);

    public Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken stop) => Change("domains", signIn.Remove(id, stop), "domain.removed", stop);

    public Task<IActionResult> OnPostProviderAsync(CancellationToken stop) => Change("provider", signIn.Change(
        new(Issuer?.Trim() ?? "", ClientId?.Trim() ?? "", string.IsNullOrEmpty(ClientPassword) ? null : ClientPassword, Or(EmailClaim), Or(GroupsClaim), JustInTime, Forced), Once, stop), "provider.done", stop);

    public Task<IActionResult> OnPostEndAsync(CancellationToken stop) => Change("provider", signIn.End(Once, stop), "provider.ended", stop);

    public async Task<IActionResult> OnPostGroupAsync(CancellationToken stop)
    {
        Directory = await signIn.GetDirectory(stop);
        return await Change("directory", signIn.Change(Directory.RoleOfAll, Directory.Groups.Append(new(GroupName?.Trim() ?? "", GroupRole ?? "")), Once, stop), "directory.done", stop);
    }

    public async Task<IActionResult> OnPostForgetAsync(string? group, string? gives, CancellationToken stop)
    {
        Directory = await signIn.GetDirectory(stop);
        return await Change("directory", signIn.Change(Directory.RoleOfAll, Directory.Groups.Where(g => g.Name != group || g.Role != gives), Once, stop), "directory.done", stop);
    }

    public async Task<IActionResult> OnPostAllAsync(CancellationToken stop)
    {
        Directory = await signIn.GetDirectory(stop);
        return await Change("directory", signIn.Change(Or(RoleOfAll), Directory.Groups, Once, stop), "directory.done", stop);
    }

    private async Task<IActionResult> Change(string part, Task<OrganisationClient.Refusal?> change, string done, CancellationToken stop)
    {
        if (await change is { } refusal)
        {
            (Part, Problem) = (part, Said(refusal));
            await Load(stop);
            return Page();
        }
        Done = T(done);
        return LocalRedirect($"{At("/organisation/sign-in")}#{part}");
    }

    private async Task Load(CancellationToken stop)
    {
        Domains = await signIn.GetDomains(stop);
        Provider = await signIn.GetProvider(stop);
        Directory = await signIn.GetDirectory(stop);
    }

    private static string? Or(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
