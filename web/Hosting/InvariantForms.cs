using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Recruitment.Web.Hosting;

/// <summary>Reads what a form sends the same way on every machine: a browser writes a date field as 2026-01-01 whatever its language, and under a Thai locale that would be read as 1483.</summary>
internal sealed class InvariantForms : IValueProviderFactory
{
    private readonly FormValueProviderFactory framework = new();

    public async Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        await framework.CreateValueProviderAsync(context);
        if (context.ValueProviders is not [.., FormValueProvider]) return;

        var form = await context.ActionContext.HttpContext.Request.ReadFormAsync();
        context.ValueProviders[^1] = new FormValueProvider(BindingSource.Form, form, CultureInfo.InvariantCulture);
    }
}

/// <summary>Pages as every host of them has them.</summary>
internal static class PageHosting
{
    private static readonly (string Page, string Route)[] InThai =
        [("/Organisation/Index", "/th/organisation"), ("/Organisation/Review", "/th/organisation/review"), ("/Organisation/SignIn", "/th/organisation/sign-in"), ("/Organisation/Programs", "/th/organisation/programs"), ("/Organisation/SignInPrograms", "/th/organisation/sign-in-programs"), ("/Ownership/Index", "/th/ownership")];

    public static IMvcBuilder AddPages(this IServiceCollection services, Action<RazorPagesOptions>? options = null)
    {
        services.PostConfigure<MvcOptions>(mvc =>
        {
            var at = mvc.ValueProviderFactories.IndexOf(mvc.ValueProviderFactories.OfType<FormValueProviderFactory>().Single());
            mvc.ValueProviderFactories[at] = new InvariantForms();
        });
        return services.AddRazorPages(pages =>
        {
            // The language in the path, English without one.
            foreach (var page in (string[])["/Organisation/Audit", "/Operators/Audit"]) pages.Conventions.AddPageRoute(page, $"/th{page.ToLowerInvariant()}");
            // The same pages under another language, which stands in the address.
            foreach (var (page, route) in InThai) pages.Conventions.AddPageRoute(page, route);
            options?.Invoke(pages);
        });
    }
}
