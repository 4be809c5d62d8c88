using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Shared;

/// <summary>The trails of all services as one page, newest first: an owner's of her organisation, the administrator's of all. Made of what each service answers now; nothing is kept here.</summary>
public abstract class AuditPage(AuditClient trails, IReadOnlyList<string> services) : PageModel
{
    private const int PageSize = 50;

    public sealed record Line(string Service, AuditClient.Entry Entry);

    public string Language => Request.Path.StartsWithSegments("/th", StringComparison.OrdinalIgnoreCase) ? "th" : "en";

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>A subject, as the trail names it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Refused { get; set; }

    /// <summary>Only this service.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Of { get; set; }

    /// <summary>How far each service was read: service:id with commas between, done where it has no more.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The chains are made again, which reads all of them, only when asked.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Check { get; set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public string? Older { get; private set; }

    /// <summary>Services that do not answer now.</summary>
    public IReadOnlyList<string> Away { get; private set; } = [];

    public IReadOnlyList<(string Service, AuditClient.Verification? Result)> Checked { get; private set; } = [];

    /// <summary>E-mail addresses by person.</summary>
    public IReadOnlyDictionary<Guid, string> People { get; private set; } = new Dictionary<Guid, string>();

    public IReadOnlyDictionary<Guid, string> Organisations { get; private set; } = new Dictionary<Guid, string>();

    public IReadOnlyList<string> Services => services;

    public bool IsNarrowed => From is not null || To is not null || !string.IsNullOrEmpty(Who) || Refused || !string.IsNullOrEmpty(Of);

    /// <summary>Whose addresses the reader may know.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, string>> AskForPeople(CancellationToken stop);

    /// <summary>Names of these organisations; none where there is one only.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, string>> AskForOrganisations(IReadOnlyList<Guid> ids, CancellationToken stop);

    public async Task OnGetAsync(CancellationToken stop)
    {
        var asked = services.Where(s => string.IsNullOrEmpty(Of) || s == Of).ToList();
        var read = Cursors();
        var open = asked.Where(s => !read.TryGetValue(s, out var cursor) || cursor is not null).ToList();
        var pages = open.Zip(await Task.WhenAll(open.Select(s => trails.Of(s, Wanted, read.GetValueOrDefault(s), stop)))).ToList();
        Away = [.. pages.Where(p => p.Second is null).Select(p => p.First)];
        var all = pages.Where(p => p.Second is not null).SelectMany(p => p.Second!.Items.Select(e => new Line(p.First, e))).OrderByDescending(l => l.Entry.At).ToList();
        Lines = [.. all.Take(PageSize)];
        Older = all.Count > PageSize || pages.Any(p => p.Second?.Next is not null) ? Link(("after", Next(pages, read))) : null;
        People = await AskForPeople(stop);
        Organisations = await AskForOrganisations([.. Lines.Select(l => l.Entry.PartyId).OfType<Guid>().Distinct()], stop);
        if (Check) Checked = [.. asked.Zip(await Task.WhenAll(asked.Select(s => trails.Verify(s, stop))))];
    }

    public async Task<IActionResult> OnGetExportAsync(string service, string format, CancellationToken stop)
    {
        if (!services.Contains(service) || format is not ("csv" or "jsonl")) return NotFound();

        var answer = await trails.Export(service, format, Wanted, stop);
        Response.RegisterForDispose(answer);
        answer.EnsureSuccessStatusCode();
        return File(await answer.Content.ReadAsStreamAsync(stop), format == "csv" ? "text/csv; charset=utf-8" : "application/jsonl", $"audit-trail-{service}.{format}");
    }

    public string Text(string key) => AuditTexts.Of(Language, key);

    /// <summary>EndMembership in words.</summary>
    public string What(string name) => AuditTexts.Find(Language, $"what.{name}")
        ?? string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    public string Outcome(string code) => code == "done" ? Text("done") : AuditTexts.Find(Language, $"outcome.{code}") ?? $"{Text("refused")}: {code.Replace('-', ' ')}";

    public string Person(AuditClient.Entry entry) =>
        Guid.TryParse(entry.Who, out var id) && People.TryGetValue(id, out var email) ? email
        : entry.Who.StartsWith("client:", StringComparison.Ordinal) ? $"{Text("machine")} {entry.Who["client:".Length..]}"
        : entry.Who == "unknown" ? Text("unknown")
        : Text("somebody");

    /// <summary>The day alone where no more is kept.</summary>
    public static string When(AuditClient.Entry entry) => entry.At.TimeOfDay == TimeSpan.Zero
        ? entry.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : entry.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public string Result(AuditClient.Verification? result) => result switch
    {
        null => Text("check.away"),
        { Wrong: { } wrong } => string.Format(CultureInfo.InvariantCulture, Text($"check.{wrong.Why}"), wrong.Sequence),
        { Entries: 0 } => Text("check.empty"),
        _ => string.Format(CultureInfo.InvariantCulture, Text(result.Chains == 1 ? "check.whole" : "check.whole.many"), result.Entries, result.Until!.Value.ToString(result.Until.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), result.Chains),
    };

    /// <summary>This page with the same filter and something more.</summary>
    public string Link(params (string Name, string Value)[] more) => QueryString.Create(
        new (string Name, string? Value)[]
        {
            ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("who", Who), ("refused", Refused ? "true" : null), ("of", Of),
        }.Where(p => !string.IsNullOrEmpty(p.Value)).Concat(more.Select(m => (m.Name, (string?)m.Value))).Select(p => KeyValuePair.Create(p.Item1, p.Item2))).ToString() is { Length: > 0 } query ? query : "?";

    private AuditClient.Filter Wanted => new(From, To, Who, null, Refused);

    private Dictionary<string, Guid?> Cursors() => (After ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':', 2)).Where(p => p.Length == 2 && services.Contains(p[0]))
        .GroupBy(p => p[0]).ToDictionary(p => p.Key, p => Guid.TryParse(p.First()[1], out var id) ? id : (Guid?)null);

    /// <summary>Behind the last line that is shown of each service.</summary>
    private string Next(List<(string First, AuditClient.EntryPage? Second)> pages, Dictionary<string, Guid?> read) => string.Join(',', services.Select(service =>
    {
        var page = pages.FirstOrDefault(p => p.First == service).Second;
        var last = Lines.LastOrDefault(l => l.Service == service)?.Entry.Id;
        var isAll = page is not null && page.Next is null && page.Items.Count == Lines.Count(l => l.Service == service);
        return isAll || (page is null && read.ContainsKey(service)) ? $"{service}:end" : last is { } id ? $"{service}:{id}" : read.GetValueOrDefault(service) is { } before ? $"{service}:{before}" : null;
    }).OfType<string>());
}
