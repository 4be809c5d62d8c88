using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Public.Verify;

/// <summary>A stranger checks a report, by file or by the number on the paper. Nobody is signed in here, so there is nothing to forge.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ReadsItsOwnBody]
[RequestSizeLimit(SizeLimits.Verification + 4096)]
public sealed class IndexModel(ReportsClient reports) : PageModel
{
    public string? Number { get; private set; }

    public ReportsClient.Verification? Answer { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>The number was asked and there is no record of it.</summary>
    public bool NoRecord { get; private set; }

    public async Task OnGetAsync(string? number, string? code, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(number)) return;

        Number = number;
        var outcome = await reports.VerifyNumber(number, code, stop);
        Show(outcome);
        var nothingThere = outcome.Code is "urn:recruitment:no-record" or "urn:recruitment:not-a-number";
        // The page helps as it does otherwise; programs and search engines hear that there is nothing at this address.
        if (nothingThere) Response.StatusCode = StatusCodes.Status404NotFound;
    }

    public async Task OnPostAsync(CancellationToken stop)
    {
        try
        {
            var file = await FilePart(stop);
            if (file is null) Problem = "Choose a file first.";
            else Show(await reports.VerifyFile(file, stop));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or BadHttpRequestException or HttpRequestException)
        {
            Problem = $"The file did not arrive whole, or is larger than {SizeLimits.Verification >> 20} MB. Try again.";
        }
    }

    private void Show(ReportsClient.Outcome<ReportsClient.Verification> outcome) =>
        (Answer, Problem, NoRecord) = (outcome.Value, outcome.Problem, outcome.Code == "urn:recruitment:no-record");

    /// <summary>The first file of the form as a stream. Form binding would lay it down in a temporary folder.</summary>
    private async Task<Stream?> FilePart(CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary) return null;

        var parts = new MultipartReader(boundary, Request.Body);
        while (await parts.ReadNextSectionAsync(stop) is { } part)
        {
            if (part.AsFileSection() is { FileName.Length: > 0, FileStream: not null } file) return file.FileStream;
        }
        return null;
    }
}
