using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/register: the administrator registers an organisation, then invites its first person.</summary>
public sealed class RegisterModel(SuppliersClient suppliers) : PageModel
{
    private const int LongEnough = 8;

    public static IReadOnlyList<(string Code, string Words)> Kinds { get; } =
        [(PartyKinds.Brand, "Brand"), (PartyKinds.Supplier, "Supplier"), (PartyKinds.Recruiter, "Recruiter"), (PartyKinds.AuditBody, "Audit body")];

    /// <summary>Made when the form is shown: sent twice, it registers once.</summary>
    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Country { get; set; }

    /// <summary>The administrator says that it is not the one of this name that is here already.</summary>
    [BindProperty]
    public bool IsAnother { get; set; }

    public string? Problem { get; private set; }

    /// <summary>Here already under this name, or under one that only says more or less of its legal form, of this kind and in this country: most likely the same.</summary>
    public SuppliersClient.Organisation? Namesake { get; private set; }

    public void OnGet() => Id = Guid.CreateVersion7();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Problem = Missing() ?? await Register(stop);
        return Problem is null ? LocalRedirect($"/operators?party={Id}#invite") : Page();
    }

    private string? Missing() =>
        Id == Guid.Empty ? "This form has lost its number. Open the page again."
        : string.IsNullOrWhiteSpace(Name) ? "Give the name of the organisation."
        : Kinds.All(k => k.Code != Kind) ? "Choose what kind of organisation it is."
        : string.IsNullOrWhiteSpace(Country) ? "Choose its country."
        : null;

    /// <summary>A form reached again with the browser's back button still has the number of what it registered: it must not rename that.</summary>
    private async Task<string?> Register(CancellationToken stop)
    {
        var name = Name!.Trim();
        var there = (await suppliers.NamesOf([Id], stop)).SingleOrDefault();
        if (there is { } known && (known.Name, known.Kind, known.Country) != (name, Kind, Country))
        {
            Id = Guid.CreateVersion7();
            ModelState.Remove(nameof(Id));
            return $"{known.Name} was registered with this form. To register {name} as well, send the form again.";
        }
        if (!IsAnother && await FindNamesake(name, stop) is { } namesake)
        {
            Namesake = namesake;
            return $"{namesake.Name} is here already, of this kind and in this country. Nothing was registered.";
        }
        return await suppliers.RegisterOrganisation(Id, Kind!, name, Country!, there?.Version, stop);
    }

    /// <summary>A name too short to be searched for has none.</summary>
    private async Task<SuppliersClient.Organisation?> FindNamesake(string name, CancellationToken stop)
    {
        var words = LegalForms.Without(name);
        var letters = string.Concat(words);
        // First by the whole of it: of a name that many begin with, not all are found by its beginning, and one that says "and" otherwise only by its longest word.
        foreach (var query in new[] { name, string.Join(' ', words), string.Join(' ', words.Take(2)), words.MaxBy(word => word.Length) ?? name }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var found = (await suppliers.FindOrganisations(query[..Math.Min(query.Length, 200)], 0, stop)).Value?.Items ?? [];
            if (found.Where(o => o.Id != Id && (o.Kind, o.Country) == (Kind, Country)).Select(o => (Organisation: o, Letters: string.Concat(LegalForms.Without(o.Name))))
                .Where(o => SayTheSame(o.Letters, letters)).OrderByDescending(o => o.Letters == letters).Select(o => o.Organisation).FirstOrDefault() is { } namesake) return namesake;
        }
        return null;
    }

    /// <summary>Both without their legal forms. "Blue Heron" and "Blue Heron (Thailand)": one holds the other, and that is long enough to say something.</summary>
    private static bool SayTheSame(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) >= LongEnough && (one.Contains(other, StringComparison.Ordinal) || other.Contains(one, StringComparison.Ordinal)));
}
