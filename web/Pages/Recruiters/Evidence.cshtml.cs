using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>Evidence goes through to the service as it arrives. The page reads the form itself, because form binding would lay files down in a temporary folder.</summary>
[IgnoreAntiforgeryToken]
[ReadsItsOwnBody]
[RequestSizeLimit(SizeLimits.Largest)] // more than a piece of evidence: what is too large is read on, and answered with a page
public sealed class EvidenceModel(AccreditationClient accreditation, IAntiforgery antiforgery) : PageModel
{
    private static readonly string TooLarge = $"One file may have {SizeLimits.Evidence >> 20} MB at most. Send it in parts, or a smaller scan.";

    private readonly Dictionary<string, string> typed = [];

    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application? Application { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>Read with the fields: a file chosen once and sent twice is attached once.</summary>
    public Once Once { get; } = new();

    /// <summary>Which of the recruiter's own is meant; none: the one under way, else the last that ended.</summary>
    [BindProperty(SupportsGet = true, Name = "application")]
    public Guid? Named { get; set; }

    /// <summary>Kinds of evidence, and how they are chosen.</summary>
    public static IReadOnlyList<(string Code, string Words)> Levels { get; } =
        [("document", "A document"), ("records", "A sample of records"), ("statement", "A statement"), ("several_sources", "Several sources together")];

    /// <summary>What a form brought after the application was sent: to be copied. Without the file, which was never kept.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved => Application is not { IsOpen: false } || Typed("description") is not { Length: > 0 } description ? [] :
    [
        ("What it shows", description),
        ("Evidence for", Typed("indicator") ?? ""),
        ("Kind of evidence", Levels.FirstOrDefault(l => l.Code == Typed("level")).Words ?? ""),
    ];

    /// <summary>What was chosen and typed stays when the file is refused. That personal data is blacked out is said anew for each file.</summary>
    public string? Typed(string field) => typed.GetValueOrDefault(field);

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnGetFileAsync(CancellationToken stop)
    {
        await Load(stop);
        if (Application is null || !Guid.TryParse(Request.Query["id"], out var id) || Application.Evidence.FirstOrDefault(e => e.Id == id) is not { } evidence) return NotFound();
        return await accreditation.ReadEvidence(Application.Id, id, stop) is { } file ? File(file, "application/octet-stream", $"{evidence.Indicator}.{evidence.Extension}") : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await Load(stop);
        if (Application is null) return NotFound();
        try
        {
            Problem = await Forward(Application, stop);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or BadHttpRequestException or HttpRequestException)
        {
            Problem = "The file did not arrive whole, or is larger than 32 MB. Try again.";
        }
        catch (AntiforgeryValidationException)
        {
            Problem = "This page was open too long. Choose the file again.";
        }
        await Request.ReadOn(stop);
        // Sent from another page, before this form came or while it was refused: there is nothing to choose anew.
        if (Problem is not null) await Load(stop);
        if (Application is { IsOpen: false } && Problem is not null) Problem = $"{SentMeanwhile.NotSaved} The file was not attached.";
        if (Problem == TooLarge) Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Problem is null ? RedirectToPage() : Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken stop)
    {
        await antiforgery.ValidateRequestAsync(HttpContext);
        await Load(stop);
        if (Application is null || !Guid.TryParse(Request.Form["id"], out var id)) return NotFound();
        Problem = await accreditation.RemoveEvidence(Application.Id, id, stop);
        return Problem is null ? RedirectToPage() : Page();
    }

    /// <summary>Fields first, the file last: browsers send them in the order of the page. The token is checked before a byte of the file is read.</summary>
    private async Task<string?> Forward(AccreditationClient.Application application, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary) return "Choose a file first.";

        var parts = new MultipartReader(boundary, Request.Body);
        using var form = new MultipartFormDataContent();
        while (await parts.ReadNextSectionAsync(stop) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } disposition) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition())
            {
                await antiforgery.ValidateRequestAsync(HttpContext);
                if (!application.IsOpen) return SentMeanwhile.NotSaved;
                if (Request.ContentLength > SizeLimits.Evidence + SizeLimits.FormAround) return TooLarge;
                var file = HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
                form.Add(new StreamContent(part.Body), "file", $"file{Path.GetExtension(file)}");
                return file.Length == 0 ? "Choose a file first." : await accreditation.Attach(application.Id, form, Once, stop);
            }
            using var reader = new StreamReader(part.Body);
            var buffer = new char[4096];
            var value = new string(buffer, 0, await reader.ReadBlockAsync(buffer, stop));
            // The token travels as a header from here: looked for in the form, it would read the whole body.
            if (name == "__RequestVerificationToken") Request.Headers["RequestVerificationToken"] = value;
            else if (name == "Once.Key") Once.Key = value;
            else form.Add(new StringContent(typed[name] = value), name);
        }
        return "Choose a file first.";
    }

    private async Task Load(CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        Application = await accreditation.Own(Named, stop);
    }
}
