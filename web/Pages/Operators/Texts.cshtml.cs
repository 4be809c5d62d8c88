using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Workers;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/texts: how far each language for workers is reviewed, and whether it opens.</summary>
public sealed class TextsModel(IServiceProvider services, GrievancesClient grievances, IOptions<PlatformOptions> platform) : PageModel
{
    private static readonly Dictionary<string, string> EnglishNames = new()
    {
        ["th"] = "Thai", ["my"] = "Burmese", ["km"] = "Khmer", ["lo"] = "Lao", ["vi"] = "Vietnamese", ["en"] = "English",
    };

    /// <summary>For an administrator who cannot read the language's own name.</summary>
    public static string InEnglish(string code) => EnglishNames.GetValueOrDefault(code, code);

    /// <summary>Whatever is reviewed, for another reason.</summary>
    public bool StaysClosed { get; private set; }

    public sealed record Language(string Code, string Name, int Texts, int Reviewed, int Critical, int CriticalReviewed, bool IsOpen);

    public IReadOnlyList<Language> Languages { get; private set; } = [];

    /// <summary>Languages that nobody has looked through since a restore.</summary>
    public IReadOnlyList<string> ToLookThrough { get; private set; } = [];

    public bool IsDemonstration => platform.Value.IsDemonstration;

    public async Task OnGetAsync(CancellationToken stop)
    {
        StaysClosed = await grievances.GetIntake(stop) is { Open: false, Reason: "not-approved" };
        var db = services.GetRequiredService<Hosting.WebDb>();
        var reviewed = new Reviewed(await ReviewedTexts.Of(db, stop));
        foreach (var code in WorkerTexts.Languages)
            if (await ReviewedTexts.ToLookThrough(db, code, stop) is not null) ToLookThrough = [.. ToLookThrough, code];
        Languages =
        [
            .. WorkerTexts.Languages.Select(code => (Code: code, All: WorkerTexts.All(code))).Select(l => new Language(
                l.Code, WorkerTexts.Of(l.Code, "language.name"), l.All.Count, l.All.Count(reviewed.Has), l.All.Count(WorkerTexts.IsSafetyCritical),
                l.All.Count(w => WorkerTexts.IsSafetyCritical(w) && reviewed.Has(w)), WorkerTexts.IsOpen(l.Code, reviewed))),
        ];
    }
}
