using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Brands.Imports;

/// <summary>A brand uploads its list. The file is passed on part by part; nothing of it is held or written here.</summary>
[IgnoreAntiforgeryToken] // checked below: the usual check would first read the whole form into a temporary file
[ReadsItsOwnBody]
[RequestSizeLimit(SizeLimits.Largest)]
public sealed class IndexModel(SuppliersClient suppliers, IAntiforgery antiforgery) : PageModel
{
    private const string Missing = "Choose a file first.";
    private static readonly string TooLarge = $"The list is larger than {SizeLimits.SupplierList >> 20} MB. Split it, or save only the columns for name, country, address, sector and workers.";

    public SuppliersClient.Imports Imports { get; private set; } = SuppliersClient.Imports.None;

    /// <summary>Where the page of lists begins; none means with the last one.</summary>
    public string? After { get; private set; }

    /// <summary>New for each page: what comes back is read part by part, with everything else of the form.</summary>
    public Once Once { get; } = new();

    public string? Problem { get; private set; }

    public async Task OnGetAsync(string? after, CancellationToken stop) => Imports = await suppliers.ListImports(After = after, stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var outcome = await Receive(stop);
        if (outcome is null) return BadRequest();
        if (outcome.Value is { } received) return Redirect($"/brands/imports/{received.Id}");

        Problem = outcome.Problem;
        Response.StatusCode = outcome.Problem == TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        Imports = await suppliers.ListImports(null, stop);
        return Page();
    }

    private async Task<SuppliersClient.Outcome<SuppliersClient.Received>?> Receive(CancellationToken stop)
    {
        try
        {
            return await PassOn(stop);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new(null, TooLarge);
        }
    }

    /// <summary>Null when the form did not come from our page.</summary>
    private async Task<SuppliersClient.Outcome<SuppliersClient.Received>?> PassOn(CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
            return null;

        var parts = new MultipartReader(boundary.Value!, Request.Body);
        var (genuine, once) = (false, Once);
        while (await parts.ReadNextSectionAsync(stop) is { } part)
        {
            if (part.AsFormDataSection() is { Name: "__RequestVerificationToken" } token)
            {
                // In the header the token is found without reading the form.
                Request.Headers["RequestVerificationToken"] = await token.GetValueAsync(stop);
                genuine = await antiforgery.IsRequestValidAsync(HttpContext);
            }
            else if (part.AsFormDataSection() is { Name: "Once.Key" } key)
            {
                once = new() { Key = await key.GetValueAsync(stop) };
            }
            else if (part.AsFileSection() is { FileStream: { } file } list)
            {
                if (!genuine) return null;
                return list.FileName.Length == 0 ? new(null, Missing) : await suppliers.Receive(file, list.FileName, once, stop);
            }
        }
        return genuine ? new(null, Missing) : null;
    }
}
