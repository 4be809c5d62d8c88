using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>What an organisation's own pages share: the language of their address, and whose organisation it is.</summary>
public abstract class OrganisationPage(OrganisationClient organisations) : PageModel
{
    protected OrganisationClient Organisations { get; } = organisations;

    public string Language => Request.Path.StartsWithSegments("/th", StringComparison.OrdinalIgnoreCase) ? OrganisationTexts.Thai : OrganisationTexts.English;

    /// <summary>The address of a page in the language of this one.</summary>
    public string At(string page) => Language == OrganisationTexts.Thai ? $"/th{page}" : page;

    /// <summary>What went wrong, in the reader's language.</summary>
    public string? Problem { get; protected set; }

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    /// <summary>The reader's organisation; she opens no other.</summary>
    protected Guid Party => Guid.TryParse(User.FindFirst("party")?.Value, out var party) ? party : Guid.Empty;

    public string Me => User.FindFirst("sub")?.Value ?? "";

    public string T(string key) => OrganisationTexts.Find(Language, key) ?? key;

    public string T(string key, object value) => T(key).Replace("{0}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public string RoleName(string role) => T($"role.{role}");

    public static string Moment(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The sentence for what was refused; where there is none in this language yet, that of the service.</summary>
    protected string Said(OrganisationClient.Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return OrganisationTexts.Find(Language, $"refused.{refusal.Code}") ?? refusal.Sentence;
    }
}
