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

    public void OnGet(int? code) => Show(code);

    public void OnPost(int? code) => Show(code);

    private void Show(int? code)
    {
        Sentence = code switch { 404 or 405 or null => "error.missing", 413 => "story.long", _ => "error.trouble.heading" };
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
