using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Sites;

/// <summary>How many people of which nationality and sex work at a site.</summary>
public sealed class WorkforceModel(SuppliersClient suppliers, BusinessClock clock) : PageModel
{
    private const int EmptyLines = 3;
    private static readonly string[] Sexes = ["female", "male", "other_or_undisclosed"];

    [BindProperty(SupportsGet = true)]
    public Guid Site { get; set; }

    [BindProperty]
    public DateOnly AsOf { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    public string Name { get; private set; } = "";

    public List<Line> Lines { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>One nationality of the form.</summary>
    public sealed record Line(string Nationality, IReadOnlyDictionary<string, string> Counts)
    {
        public string Of(string sex) => Counts.GetValueOrDefault(sex, "");
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await Find(stop) is not { } site) return NotFound();

        Once = Once.Read(site.Version);
        AsOf = site.WorkersAsOf ?? clock.Today;
        Lines = [.. site.Workforce.GroupBy(c => c.Nationality).Select(g => new Line(g.Key, g.ToDictionary(c => c.Sex, c => c.Workers.ToString(CultureInfo.InvariantCulture))))];
        for (var i = 0; i < EmptyLines; i++) Lines.Add(new("", new Dictionary<string, string>()));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await Find(stop) is null) return NotFound();

        for (var i = 0; Request.Form.TryGetValue($"Lines[{i}].Nationality", out var nationality); i++)
            Lines.Add(new(nationality.ToString(), Sexes.ToDictionary(s => s, s => Request.Form[$"Lines[{i}].{s}"].ToString())));
        var counts = new List<SuppliersClient.Count>();
        foreach (var line in Lines.Where(l => l.Nationality.Length > 0))
        {
            foreach (var (sex, text) in line.Counts.Where(c => c.Value.Length > 0))
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers))
                {
                    Problem = $"The number for {line.Nationality} is not a whole number.";
                    return Page();
                }
                counts.Add(new(line.Nationality, sex, workers));
            }
        }
        Problem = counts.Count == 0 ? "Enter at least one nationality with a number." : await suppliers.DeclareWorkforce(Site, AsOf, counts, Once, stop);
        return Problem is null ? Redirect("/suppliers/sites") : Page();
    }

    private async Task<SuppliersClient.MySite?> Find(CancellationToken stop)
    {
        var site = (await suppliers.GetMine(stop))?.Sites.SingleOrDefault(s => s.Id == Site);
        Name = site?.Name ?? "";
        return site;
    }
}
