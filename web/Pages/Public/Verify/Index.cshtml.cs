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
[RequestSizeLimit(SizeLimits.Largest)] // more than is verified: what is too large is read on, and answered with a page
public sealed class IndexModel(ReportsClient reports, RegisterClient register) : PageModel
{
    /// <summary>Nobody waits longer for the register than for the answer about the report.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string TooLarge = $"A file to check may have {SizeLimits.Verification >> 20} MB. Our reports are far smaller: this is not one of them.";

    public string? Number { get; private set; }

    public ReportsClient.Verification? Answer { get; private set; }

    /// <summary>The recruiter of the report in the register, as it stands today; null when it is not listed, or the register does not answer.</summary>
    public RegisterClient.Recruiter? Listed { get; private set; }

    public bool RegisterIsAway { get; private set; }

    /// <summary>By the newest decision, as the register's own list says it. A report outlives the status, so it says nothing of it.</summary>
    public RegisterClient.Assessment? Today => Listed is { Assessments: [var newest, ..] } ? newest : null;

    public string? Problem { get; private set; }

    /// <summary>The number was asked and there is no record of it.</summary>
    public bool NoRecord { get; private set; }

    public async Task OnGetAsync(string? number, string? code, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(number)) return;

        Number = number;
        ReportsClient.Outcome<ReportsClient.Verification> outcome;
        try
        {
            outcome = await reports.VerifyNumber(number, code, stop);
        }
        catch (HttpRequestException away) when (NobodyThere(away))
        {
            outcome = Away;
        }
        await Show(outcome, stop);
        var nothingThere = outcome.Code is "urn:recruitment:no-record" or "urn:recruitment:not-a-number";
        // The page helps as it does otherwise; programs and search engines hear that there is nothing at this address.
        if (nothingThere) Response.StatusCode = StatusCodes.Status404NotFound;
    }

    public async Task OnPostAsync(CancellationToken stop)
    {
        if (Request.ContentLength > SizeLimits.Verification + SizeLimits.FormAround)
        {
            Problem = TooLarge;
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        else
        {
            await Check(stop);
        }
        await Request.ReadOn(stop);
    }

    private async Task Check(CancellationToken stop)
    {
        try
        {
            var file = await FilePart(stop);
            if (file is null) Problem = "Choose a file first.";
            else await Show(await reports.VerifyFile(file, stop), stop);
        }
        catch (HttpRequestException away) when (NobodyThere(away))
        {
            await Show(Away, stop);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or BadHttpRequestException or HttpRequestException)
        {
            Problem = $"The file did not arrive whole, or is larger than {SizeLimits.Verification >> 20} MB. Try again.";
        }
    }

    private static ReportsClient.Outcome<ReportsClient.Verification> Away => new(null, ReportsClient.Away, ReportsClient.AwayCode);

    /// <summary>The service was never reached, so it is not the file that was cut short.</summary>
    private static bool NobodyThere(HttpRequestException problem) => problem.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    private async Task Show(ReportsClient.Outcome<ReportsClient.Verification> outcome, CancellationToken stop)
    {
        (Answer, Problem, NoRecord) = (outcome.Value, outcome.Problem, outcome.Code == "urn:recruitment:no-record");
        if (outcome.Code == ReportsClient.AwayCode) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (Answer?.Report is not { } report) return;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            Listed = await register.Get(report.SubjectPartyId, patience.Token);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            RegisterIsAway = true;
        }
    }

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
