using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/messages: what one service told another and the other could not handle. The administrator sends it again or sets it aside, or has a service tell everything again.</summary>
public sealed class MessagesModel(DeadLettersClient letters, RepublishClient republish) : PageModel
{
    /// <summary>What each service could not handle; null of one that does not answer.</summary>
    public IReadOnlyList<(string Service, DeadLettersClient.LetterPage? Page)> Services { get; private set; } = [];

    /// <summary>How far each service is that was asked to tell everything again; null of one that does not answer.</summary>
    public IReadOnlyList<(string Service, RepublishClient.Progress? Progress)> Publishers { get; private set; } = [];

    /// <summary>What a service saved and could not publish.</summary>
    public IEnumerable<(string Service, RepublishClient.Unsent Type)> Unsent => Publishers.SelectMany(p => (p.Progress?.Unsent ?? []).Select(u => (p.Service, u)));

    public bool IsEmpty => Services.All(s => s.Page is { Items.Count: 0 }) && (Closed || !Unsent.Any());

    /// <summary>Those that are done, in place of those that are not.</summary>
    [BindProperty(SupportsGet = true, Name = "done")]
    public bool Closed { get; set; }

    public string? Problem { get; private set; }

    /// <summary>What was typed when setting aside was refused, and for which message.</summary>
    public (Guid Letter, string? Why) Typed { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostAgainAsync(string service, Guid letter, CancellationToken stop)
    {
        if (!DeadLettersClient.Services.Contains(service)) return NotFound();

        Problem = await letters.Again(service, letter, stop);
        return await Answer("It was sent again and is done: it was handled, or something newer had been.", stop);
    }

    public async Task<IActionResult> OnPostAllAgainAsync(string service, CancellationToken stop)
    {
        if (!DeadLettersClient.Services.Contains(service)) return NotFound();

        var sent = await letters.AllAgain(service, stop);
        if (sent.NotHandled > 0) Problem = $"Not handled this time either: {Count(sent.NotHandled)}; they say why below. Handled: {Count(sent.Handled)}.{More(sent)}";
        return await Answer($"Sent again and done: {Count(sent.Handled)}. Each was handled, or something newer had been.{More(sent)}", stop);
    }

    public async Task<IActionResult> OnPostAsideAsync(string service, Guid letter, int? alike, string? cause, string? why, CancellationToken stop)
    {
        if (!DeadLettersClient.Services.Contains(service)) return NotFound();

        Problem = await letters.SetAside(service, letter, alike, cause, why, stop);
        Typed = (letter, why);
        return await Answer(alike is { } all ? $"Set aside, and kept with your reason: {Count(all)}." : "It is set aside, and kept with your reason.", stop);
    }

    public async Task<IActionResult> OnPostRepublishAsync(string service, CancellationToken stop)
    {
        if (!RepublishClient.Services.Contains(service)) return NotFound();

        await republish.Begin(service, stop);
        Done = $"{Capital(service)} tells everything again. It goes on by itself; load this page again to see how far it is.";
        return RedirectToPage();
    }

    public static string Capital(string service) => char.ToUpperInvariant(service[0]) + service[1..];

    /// <summary>How far it is, in words.</summary>
    public static string How(RepublishClient.Progress progress) => progress switch
    {
        { BegunAt: null } => "Never asked for.",
        { DoneAt: null } => $"Under way since {When(progress.BegunAt.Value)}: {progress.Published.ToString("N0", CultureInfo.InvariantCulture)} so far.",
        _ => $"Done {When(progress.DoneAt.Value)}: {progress.Published.ToString("N0", CultureInfo.InvariantCulture)}.",
    };

    public static string When(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>RescoreWhenSiteChanged of Recruitment.Risk.Sites.RescoreWhenSiteChanged, in words: Rescore when site changed.</summary>
    public static string What(string consumer) => string.Concat(consumer[(consumer.LastIndexOf('.') + 1)..]
        .Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : " ") + (i == 0 ? letter : char.ToLowerInvariant(letter)) : letter.ToString()));

    /// <summary>How one ended, in words.</summary>
    public static string HowItEnded(DeadLettersClient.Letter letter) => letter.Outcome switch
    {
        "handled" => "Sent again and handled",
        "superseded" => "Sent again; something newer had been heard",
        _ => $"Set aside: {letter.Why}",
    };

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string More(DeadLettersClient.Sent sent) => sent.Left > 0 ? $" Not tried yet: {Count(sent.Left)}. Send all again once more." : "";

    private async Task<IActionResult> Answer(string done, CancellationToken stop)
    {
        if (Problem is null)
        {
            Done = done;
            return RedirectToPage();
        }
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        var pages = await Task.WhenAll(DeadLettersClient.Services.Select(s => letters.Of(s, Closed, stop)));
        Services = [.. DeadLettersClient.Services.Zip(pages)];
        Publishers = [.. RepublishClient.Services.Zip(await Task.WhenAll(RepublishClient.Services.Select(s => republish.Of(s, stop))))];
    }
}
