using Microsoft.AspNetCore.Diagnostics;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Workers;

/// <summary>Shown in place of whatever is not there or did not work, in the language of the address that was asked for.</summary>
public sealed class MissingModel(GrievancesClient grievances) : WorkerPage(grievances)
{
    /// <summary>The key of the sentence.</summary>
    public string Sentence { get; private set; } = "error.missing";

    protected override string? LanguageOfAddress =>
        HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath.Split('/') is ["", "w", var language, ..] && WorkerTexts.Languages.Contains(language) ? language : null;

    public void OnGet() => Show();

    public void OnPost() => Show();

    // From the address alone: binding a parameter would read the form, which may be what could not be read.
    private void Show()
    {
        Sentence = $"{RouteData.Values["code"]}" switch { "404" or "405" or "" => "error.missing", "413" => "story.long", _ => "error.failed" };
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
