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
    private const int Most = 1_000_000;
    private static readonly string[] Sexes = ["female", "male", "other_or_undisclosed"];
    private static readonly Dictionary<string, string> Words = new() { ["female"] = "women", ["male"] = "men", ["other_or_undisclosed"] = "other or not said" };

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
        var counts = Counts();
        Problem ??= counts.Count == 0 ? "Enter at least one nationality with a number." : await suppliers.DeclareWorkforce(Site, AsOf, counts, Once, stop);
        return Problem is null ? Redirect("/suppliers/sites") : Page();
    }

    /// <summary>What can be counted; the first thing that cannot is told with its line.</summary>
    private List<SuppliersClient.Count> Counts()
    {
        var counts = new List<SuppliersClient.Count>();
        if (ModelState.TryGetValue(nameof(AsOf), out var day) && day.Errors.Count > 0) Problem = "Choose the day on which they were counted.";
        for (var i = 0; i < Lines.Count; i++)
        {
            var (nationality, given) = (Lines[i].Nationality.Trim(), Lines[i].Counts.Where(c => c.Value.Length > 0).ToList());
            if (nationality.Length == 0 && given.Count > 0) Problem ??= $"Nationality {i + 1} has numbers but no country. Write the country, or empty the numbers.";
            foreach (var (sex, text) in given)
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) || workers > Most)
                    Problem ??= $"Nationality {i + 1} ({nationality}), {Words[sex]}: “{text}” is not a whole number from 0 to {Most.ToString(CultureInfo.InvariantCulture)}.";
                else if (nationality.Length > 0) counts.Add(new(nationality, sex, workers));
            }
        }
        return counts;
    }

    private async Task<SuppliersClient.MySite?> Find(CancellationToken stop)
    {
        var site = (await suppliers.GetMine(stop))?.Sites.SingleOrDefault(s => s.Id == Site);
        Name = site?.Name ?? "";
        return site;
    }
}
