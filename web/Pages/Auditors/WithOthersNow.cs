using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>The answer to a form about something that its sender may not see any more: that it is so, and what was typed, from the form alone.</summary>
internal static class WithOthersNow
{
    public static IActionResult Answer(PageModel page) => new ViewResult
    {
        StatusCode = StatusCodes.Status404NotFound,
        ViewName = "/Pages/Auditors/WithOthersNow.cshtml",
        ViewData = new ViewDataDictionary(page.MetadataProvider, page.ModelState),
    };
}
