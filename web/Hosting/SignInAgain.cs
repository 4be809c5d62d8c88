using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Recruitment.Web.Hosting;

/// <summary>A service that no longer knows the reader's token leads to sign-in and back, not to an error.</summary>
internal sealed class SignInAgain : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not HttpRequestException { StatusCode: HttpStatusCode.Unauthorized }) return;

        var request = context.HttpContext.Request;
        var back = HttpMethods.IsGet(request.Method) ? $"?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}" : "";
        context.Result = new RedirectResult($"/sign-in{back}");
    }
}
