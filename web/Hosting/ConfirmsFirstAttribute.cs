using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Recruitment.Web.Hosting;

/// <summary>A page for nothing but acts that ask for a sign-in of the last minutes: it asks before it shows its form, so that there is time to fill it in.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ConfirmsFirstAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) || context.HttpContext.RequestServices.GetRequiredService<Confirmation>().HasTimeLeft(context.HttpContext.User)) return next();

        context.Result = new RedirectResult(Confirmation.AddressFor(request.Path + request.QueryString));
        return Task.CompletedTask;
    }
}
