using Microsoft.Extensions.Primitives;
using Recruitment.Identity.Consents;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Tokens;

/// <summary>What a client asks for at /connect/authorize, in the address or in a form. What our own form adds is no part of it.</summary>
internal static class AskedFor
{
    public static IEnumerable<KeyValuePair<string, StringValues>> In(HttpRequest request)
    {
        IEnumerable<KeyValuePair<string, StringValues>> all = request.HasFormContentType ? request.Form : request.Query;
        return all.Where(p => !ConsentForm.Fields.Contains(p.Key));
    }

    /// <summary>The same, to be read in a language.</summary>
    public static QueryString InLanguage(HttpRequest request, string language) =>
        QueryString.Create(In(request).Where(p => p.Key != Parameters.UiLocales).Append(new(Parameters.UiLocales, language)));
}
