using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Public.Register;

/// <summary>Anybody searches the public register.</summary>
[AllowAnonymous]
public sealed class IndexModel(RegisterClient register) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Country { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public RegisterClient.Found? Found { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Found = await register.Search(Query, Country, Cursor, stop);
}
