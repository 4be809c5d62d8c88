using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Pages.Workers;

/// <summary>What every page for workers does: the language from its address, no cookie, and no form from another site.</summary>
/// <remarks>
/// Antiforgery tokens need a cookie; the browser's own word about where a form comes from does the same without one. Old and compressing
/// browsers say nothing, or "null" because of our own referrer policy: they are served, for no page here acts with anybody's authority.
/// </remarks>
[IgnoreAntiforgeryToken]
public abstract class WorkerPage(GrievancesClient grievances) : PageModel
{
    /// <summary>More than is taken, so that a browser cuts off nothing that could have been sent, and few enough that all of it comes back with the sentence that says so.</summary>
    public static int MostTyped => 2 * SizeLimits.GrievanceText;

    public string Language { get; private set; } = "en";

    public GrievancesClient.Intake Intake { get; private set; } = new(false, null, false, null);

    protected GrievancesClient Grievances { get; } = grievances;

    /// <summary>The language when the page's own address does not name it.</summary>
    protected virtual string? LanguageOfAddress => null;

    private bool ShownInPlaceOfAnother => HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>() is not null;

    private Reviewed reviewed = new([]);

    /// <summary>Whether a wording that the page has shown so far is not reviewed. The sentence that says so does not count.</summary>
    public bool ShowsDraft { get; private set; }

    /// <summary>Intake is open and this language is not: what safety hangs on is not reviewed in it. The service does not know of that, so nothing is sent to it.</summary>
    public bool LanguageIsClosed { get; private set; }

    /// <summary>The wording in the reader's language.</summary>
    public string T(string key) => T(Language, key);

    public string T(string language, string key)
    {
        var wording = WorkerTexts.Find(language, key);
        if (key != "draft" && !reviewed.Has(wording)) ShowsDraft = true;
        return wording.Text;
    }

    /// <summary>Digits and order that every reader knows; no month name, no Buddhist year.</summary>
    public static string Day(DateOnly day) => day.ToString("dd'\u00A0/\u00A0'MM'\u00A0/\u00A0'yyyy", CultureInfo.InvariantCulture);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (LanguageOfAddress is { } asked) Language = asked;
        if (context.RouteData.Values.TryGetValue("language", out var language) && !WorkerTexts.Languages.Contains(Language = $"{language}"))
        {
            Language = "en";
            context.Result = NotFound();
            return;
        }
        if (HttpMethods.IsPost(Request.Method) && !ShownInPlaceOfAnother && await WhyNotRead() is { } status)
        {
            context.Result = StatusCode(status);
            return;
        }
        reviewed = await HttpContext.RequestServices.GetRequiredService<ReviewedTexts>().Now(HttpContext.RequestAborted);
        Intake = await Known();
        LanguageIsClosed = Intake is { Open: true, Demonstration: false } && !WorkerTexts.IsOpen(Language, reviewed);
        if (LanguageIsClosed) Intake = Intake with { Open = false, Reason = "not-reviewed" };
        ViewData["Page"] = this;
        await next();
    }

    private async Task<GrievancesClient.Intake> Known()
    {
        try
        {
            return await Grievances.GetIntake(HttpContext.RequestAborted);
        }
        catch (Exception problem) when (IsAway(problem, HttpContext.RequestAborted))
        {
            // Not to be reached: nobody could read what would be written. The form itself keeps what it holds.
            return new(false, "nobody-reads", HttpContext.RequestServices.GetRequiredService<IOptions<PlatformOptions>>().Value.IsDemonstration, null, IsAway: true);
        }
    }

    /// <summary>A field as she typed it. Browsers send two characters for the end of a line; she counts one.</summary>
    protected string Typed(string name) => Request.Form[name].ToString().ReplaceLineEndings("\n").Trim();

    /// <summary>Whatever it refuses that a worker can do nothing about is told as if it were away: what she wrote stays, and she can send it again.</summary>
    protected static bool IsAway(Exception problem, CancellationToken stop) => problem is HttpRequestException || Away.Is(problem, stop);

    private async Task<int?> WhyNotRead()
    {
        if (IsOfAnotherSite()) return StatusCodes.Status403Forbidden;
        if (!Request.HasFormContentType) return StatusCodes.Status400BadRequest;
        try
        {
            await Request.ReadFormAsync(HttpContext.RequestAborted);
            return null;
        }
        catch (Exception tooMuch) when (tooMuch is InvalidDataException or BadHttpRequestException)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
    }

    /// <summary>Only when the browser says so. The scheme is not compared: a proxy in front may have ended TLS.</summary>
    private bool IsOfAnotherSite()
    {
        if (Request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site != "same-origin" && site != "none";
        return Request.Headers.TryGetValue("Origin", out var origin) && origin != "null"
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value);
    }
}
