using Microsoft.AspNetCore.Mvc;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/sign-in-programs: an owner registers programs of the organisation at which people sign in with their account here, renews their secrets and ends them.</summary>
[ConfirmsFirst]
public sealed class SignInProgramsModel(OrganisationClient organisations, SignInProgramsClient programs, TimeProvider time) : ProgramsOf(organisations, time)
{
    public IReadOnlyList<SignInProgramsClient.Program> Programs { get; private set; } = [];

    /// <summary>One on each line.</summary>
    [BindProperty]
    public string? RedirectUris { get; set; }

    [BindProperty]
    public bool IsPublic { get; set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken stop)
    {
        var addresses = (RedirectUris ?? "").Split(['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries);
        var (made, refusal) = await programs.Register(Name?.Trim() ?? "", addresses, IsPublic, stop);
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
        Done = T("sip.ended");
        return LocalRedirect(At("/organisation/sign-in-programs"));
    }

    public bool OldSecretOpens(SignInProgramsClient.Program program) => StillOpens(program.OldSecretUntil);

    protected override void Emptied() => (RedirectUris, IsPublic) = (null, false);

    protected override async Task Load(CancellationToken stop) => Programs = [.. (await programs.List(stop)).Where(p => p.PartyId == Party && p.EndedAt is null)];
}
