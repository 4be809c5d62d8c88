using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Recruitment.Platform;
using Recruitment.Web.Pages.Organisation;

namespace Recruitment.Web.Hosting;

/// <summary>What became of a reader whom a service asked to prove once more who it is: led to the issuer and back where an address was opened; where a form was sent the page of 401 keeps it and says how to go on.</summary>
/// <param name="BySigningIn">Confirming helps; else a sign-in of another kind is wanted, which nobody is led to in circles.</param>
/// <param name="Language">Of the page that the reader came from.</param>
/// <param name="Minutes">A sign-in counts for so long.</param>
internal sealed record StepUp(bool BySigningIn, string Language, int Minutes)
{
    public string Title => Text(BySigningIn ? "stepup.title" : "stepup.weak.title");

    public string Sentence => Text(BySigningIn ? "stepup.intro" : "stepup.weak.intro");

    public string Text(string key) => (OrganisationTexts.Find(Language, key) ?? key).Replace("{0}", Minutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static IActionResult Answer(HttpContext context, StepUpException asked, bool isRead)
    {
        var (services, request) = (context.RequestServices, context.Request);
        // A sign-in of this minute that is refused all the same is not made better by another one.
        var isHelpful = asked.BySigningIn && !services.GetRequiredService<Confirmation>().HasTimeLeft(context.User);
        // Back to the page and not to its file: a browser that is sent to a file stays where it was, at the form of sign-in.
        if (isRead && isHelpful) return new RedirectResult(Confirmation.AddressFor(request.Path + QueryString.Create(request.Query.Where(q => q.Key != "handler"))));

        var language = request.Path.StartsWithSegments("/th", StringComparison.OrdinalIgnoreCase) ? OrganisationTexts.Thai : OrganisationTexts.English;
        context.Features.Set(new StepUp(isHelpful, language, services.GetRequiredService<IOptions<PlatformOptions>>().Value.ConfirmedForMinutes));
        return new UnauthorizedResult();
    }
}
