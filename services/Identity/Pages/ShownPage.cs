using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Recruitment.Identity.Pages;

/// <summary>A page of ours in answer to an address of the protocol, which is no page by itself.</summary>
internal sealed class ShownPage<T>(string view, T model) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => new ViewResult
    {
        ViewName = view, ViewData = new ViewDataDictionary<T>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model },
    }.ExecuteResultAsync(new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor()));
}
