using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Recruitment.Web.Hosting;

/// <summary>Whoever is not signed in, or no longer, is led to sign-in and back. A form that was sent meanwhile is not swept away: the page of 401 shows what stood in it.</summary>
internal sealed class SignInAgain : IExceptionFilter
{
    /// <summary>A service no longer knows the reader's token.</summary>
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not HttpRequestException { StatusCode: HttpStatusCode.Unauthorized }) return;

        var request = context.HttpContext.Request;
        if (context.Exception is StepUpException asked)
        {
            context.Result = StepUp.Answer(context.HttpContext, asked, IsRead(request));
            return;
        }
        context.Result = IsRead(request) ? new RedirectResult($"/sign-in?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}") : new UnauthorizedResult();
    }

    /// <summary>The cookie is missing or has ended.</summary>
    public static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsRead(context.Request)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <summary>An address that a browser opens; a script asks with a header of its own and wants the status.</summary>
    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.Headers.ContainsKey("X-Requested-With");
}
