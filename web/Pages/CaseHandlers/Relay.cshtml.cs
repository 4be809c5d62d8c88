using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.CaseHandlers;

/// <summary>Between the reader's browser and the service: the token stays on this server, the opened case stays in that browser.</summary>
public sealed partial class RelayModel(GrievancesClient grievances) : PageModel
{
    public Task<IActionResult> OnGetAsync(string path, CancellationToken stop) => Pass(HttpMethod.Get, path, null, null, stop);

    /// <param name="path">Below the service's address.</param>
    /// <param name="method">What the service is asked with.</param>
    /// <param name="version">The version of the case that was on the screen, where that counts.</param>
    /// <param name="stop">The browser went away.</param>
    public async Task<IActionResult> OnPostAsync(string path, string method, int? version, CancellationToken stop)
    {
        if (method is not ("POST" or "PUT")) return BadRequest();
        try
        {
            return await Pass(new HttpMethod(method), path, await JsonSerializer.DeserializeAsync<JsonElement>(Request.Body, cancellationToken: stop), version, stop);
        }
        catch (JsonException)
        {
            return BadRequest();
        }
    }

    private async Task<IActionResult> Pass(HttpMethod method, string? path, JsonElement? body, int? version, CancellationToken stop)
    {
        if (path is null || !Known().IsMatch($"{method} {path}")) return NotFound();

        HttpStatusCode status;
        JsonElement? answer;
        try
        {
            (status, answer) = await grievances.Pass(method, path, method == HttpMethod.Post && Empty().IsMatch(path) ? null : body, version, stop);
        }
        catch (StepUpException asked)
        {
            // A script cannot be led to the issuer; it says what to do and keeps what was typed.
            return new ContentResult { StatusCode = StatusCodes.Status401Unauthorized, Content = $$"""{"type":"urn:recruitment:{{(asked.BySigningIn ? FreshSignIn.TooOld : FreshSignIn.TooWeak)}}"}""", ContentType = "application/json" };
        }
        return answer is { } content
            ? new ContentResult { StatusCode = (int)status, Content = content.GetRawText(), ContentType = "application/json" }
            : StatusCode((int)status);
    }

    /// <summary>What says everything by being asked; a body would be refused.</summary>
    [GeneratedRegex("/handover$")]
    private static partial Regex Empty();

    [GeneratedRegex("^(GET (readers/me|[0-9a-f-]{36}/(sealed|keys))|POST (readers|directory|[0-9a-f-]{36}/(replies|confirmation|closing|handover))|PUT [0-9a-f-]{36}/(accused|keys/[0-9a-f-]{36}))$")]
    private static partial Regex Known();
}
