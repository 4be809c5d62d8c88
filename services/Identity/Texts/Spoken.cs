using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Recruitment.Identity.Tokens;

namespace Recruitment.Identity.Texts;

/// <summary>The wordings in the language of this request. It stands in the path, <c>/identity/th/…</c>, and nowhere else: no cookie remembers it.</summary>
internal sealed class Spoken(IHttpContextAccessor http) : IPageRouteModelConvention
{
    private const string Root = "/identity";

    public string Language => LanguageOf(http.HttpContext!);

    /// <summary>Of the page that is shown, of the one it is shown in place of, or as a client asks for it by <c>ui_locales</c>.</summary>
    public static string LanguageOf(HttpContext context)
    {
        var path = context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? context.Request.Path.Value ?? "";
        if (new PathString(path).StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)) return InPath(path) ?? Wordings.Plain;
        var wanted = context.Request.HasFormContentType ? context.Request.Form["ui_locales"] : context.Request.Query["ui_locales"];
        return wanted.ToString().Split(' ').Select(w => w.Split('-')[0]).FirstOrDefault(Wordings.Languages.Contains) ?? Wordings.Plain;
    }

    public string this[string key] => Wordings.Of(Language, key);

    public string Of(string key, params object?[] parts) => Wordings.Of(Language, key, parts);

    /// <summary>Why an account or a password was not taken.</summary>
    public string Refusal(IdentityResult result) =>
        string.Join(' ', result.Errors.Select(e => $"refused.{e.Code}").Select(key => Wordings.Keys(Language).Contains(key) ? this[key] : this["refused"]).Distinct());

    /// <summary>The address of a page in this language.</summary>
    public string Path(string page) => Path(Language, page);

    public static string Path(string language, string page) => language == Wordings.Plain ? $"{Root}/{page}" : $"{Root}/{language}/{page}";

    /// <summary>This very page in the other languages, with everything that its address says; where clients send people, which has one address, as they themselves ask for a language.</summary>
    public IEnumerable<(string Language, string Address)> Others()
    {
        var request = http.HttpContext!.Request;
        if (!request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)) return Wordings.Languages.Where(l => l != Language).Select(l => (l, request.Path + AskedFor.InLanguage(request, l)));
        var page = request.Path.Value![Root.Length..].TrimStart('/');
        if (InPath(request.Path.Value!) is { } now) page = page[now.Length..].TrimStart('/');
        return Wordings.Languages.Where(l => l != Language).Select(l => (l, Path(l, page) + request.QueryString));
    }

    /// <summary>Gives each page its address in every language.</summary>
    public void Apply(PageRouteModel model)
    {
        foreach (var own in model.Selectors.Where(s => s.AttributeRouteModel?.Template?.StartsWith("identity/", StringComparison.Ordinal) ?? false).ToList())
        {
            foreach (var language in Wordings.Languages.Where(l => l != Wordings.Plain))
                model.Selectors.Add(new SelectorModel { AttributeRouteModel = new AttributeRouteModel { Template = $"identity/{language}/{own.AttributeRouteModel!.Template!["identity/".Length..]}", SuppressLinkGeneration = true } });
        }
    }

    private static string? InPath(string path) =>
        Wordings.Languages.FirstOrDefault(l => l != Wordings.Plain && new PathString(path).StartsWithSegments($"{Root}/{l}", StringComparison.OrdinalIgnoreCase));
}
