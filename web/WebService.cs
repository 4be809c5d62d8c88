using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Recruitment.Platform;
using Recruitment.Web.Hosting;

namespace Recruitment.Web;

/// <summary>Everything a host may know about the web: pages by reader, and the typed clients they ask through.</summary>
public static class WebService
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        // A program run where it was built finds the stylesheet in this project; a published one finds it beside itself.
        builder.WebHost.UseStaticWebAssets();
        builder.AddServiceDatabase<WebDb, PostgresWebDb, SqliteWebDb>("web");
        builder.Services.AddDataProtection().SetApplicationName("recruitment-web").PersistKeysToDbContext<WebDb>().SealedAtRest();
        builder.AddSignIn();
        builder.AddClients();
        builder.Services.AddSingleton<Pages.Workers.ToldState>();
        builder.Services.AddSingleton<TextReviews.ReviewedTexts>();
        builder.Services.AddSingleton<Confirmation>();

        // Without it Thai and Burmese would travel as numeric entities, three times as long.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddPages(pages =>
        {
            foreach (var (folder, roles) in Readers.Folders) pages.Conventions.AuthorizeFolder(folder, Readers.PolicyOf(roles));
            foreach (var folder in Readers.Open) pages.Conventions.AllowAnonymousToFolder(folder);
            foreach (var page in Readers.OpenPages) pages.Conventions.AllowAnonymousToPage(page);
        });
        // One address for one page, whoever writes it: a link, a redirect or a form.
        builder.Services.Configure<RouteOptions>(route => route.LowercaseUrls = true);
        // Outside the headers, so that a page shown in place of another passes them again.
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, ErrorPages>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, PageHeaders>();
        builder.Services.AddExceptionHandler<ErrorPages.WhenAPageFails>();
        builder.Services.AddSingleton<Navigation>();
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapSignIn();
        app.MapRazorPages();
    }
}
