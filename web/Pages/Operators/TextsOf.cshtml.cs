using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Pages.Workers;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/texts/{language}: the review screen. The only place where a wording becomes reviewed, by a person who has just proved who they are.</summary>
public sealed class TextsOfModel(IServiceProvider services, IdentityClient identity, Confirmation confirmation) : PageModel
{
    /// <summary>One wording. Said: what was said of it as it stands, the first first. Mark: what a tick sends, which says of which wording it was given.</summary>
    public sealed record Row(string Key, string Text, string English, bool IsSafetyCritical, bool IsReviewed, bool WasReviewed, IReadOnlyList<string> Said, string Mark);

    private static readonly Dictionary<string, string> PartNames = new()
    {
        ["title"] = "Browser tab and history", ["language"] = "List of languages", ["demonstration"] = "Top of every page of a demonstration", ["draft"] = "Foot of a page with a draft", ["next"] = "Buttons",
        ["back"] = "Buttons", ["skip"] = "Buttons", ["exit"] = "Buttons", ["yes"] = "Buttons", ["no"] = "Buttons", ["start"] = "Before anything is typed", ["closed"] = "When nobody reads", ["safe"] = "Question 1: danger",
        ["age"] = "Question 2: age", ["about"] = "Question 3: workplace or agent", ["topic"] = "Question 4: what it is about", ["story"] = "Question 5: what happened", ["people"] = "Question 6: a woman or a man",
        ["consent"] = "Question 7: what may be done", ["receipt"] = "The code, before sending", ["sent"] = "After sending", ["return"] = "Asking for the code", ["mailbox"] = "Reading the answer", ["delete"] = "Deleting",
        ["deleted"] = "Deleting", ["error"] = "When something went wrong",
    };

    private readonly WebDb db = services.GetRequiredService<WebDb>();
    private readonly BusinessClock clock = services.GetRequiredService<BusinessClock>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();
    private HashSet<string> ticked = [];

    public string Language { get; private set; } = "";

    public string Name => WorkerTexts.Of(Language, "language.name");

    /// <summary>By the part of the pages that they stand in.</summary>
    public IReadOnlyList<IGrouping<string, Row>> Parts { get; private set; } = [];

    /// <summary>The restore since which nobody has looked through these; until then none of them counts.</summary>
    public string? ToLookThrough { get; private set; }

    public bool MayMark => confirmation.IsRecent(User);

    public string? Problem { get; private set; }

    /// <summary>As typed, when it was not saved.</summary>
    public string? Note { get; private set; }

    [TempData]
    public string? Done { get; set; }

    public bool IsTicked(Row row) => ticked.Contains(row.Mark);

    /// <summary>It was ticked as it stood before.</summary>
    public bool HasChanged(Row row) => !IsTicked(row) && ticked.Any(mark => mark.StartsWith(row.Key + " ", StringComparison.Ordinal));

    public async Task<IActionResult> OnGetAsync(string language, CancellationToken stop) => Knows(language) ? await Show(stop) : NotFound();

    public Task<IActionResult> OnPostAsync(string language, string[] wording, string? note, CancellationToken stop) => Save(language, wording, note, true, stop);

    public Task<IActionResult> OnPostTakeBackAsync(string language, string[] wording, string? note, CancellationToken stop) => Save(language, wording, note, false, stop);

    /// <summary>Somebody has looked through the language after a restore: what was reviewed before counts again.</summary>
    public async Task<IActionResult> OnPostLookedThroughAsync(string language, string restore, CancellationToken stop)
    {
        if (!Knows(language)) return NotFound();

        // Somebody else has meanwhile, or it came back once more.
        if (await ReviewedTexts.ToLookThrough(db, language, stop) is not { } now || now != restore) return RedirectToPage(new { language });
        if (!MayMark)
        {
            Problem = "Confirm first that it is you: it was too long ago.";
            return await Show(stop);
        }
        await identity.People(null, stop);
        db.Add(Said(new(TextReview.OfRestores, language, restore, ""), true, time.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
        Done = string.Create(CultureInfo.InvariantCulture, $"What is reviewed here counts again. Workers see it within {ReviewedTexts.FreshFor.TotalSeconds:0} seconds.");
        return RedirectToPage(new { language });
    }

    private TextReview Said(Wording about, bool isReviewed, DateTime at) => new TextReview
    {
        Id = Guid.CreateVersion7(), Area = about.Area, Language = about.Language, Key = about.Key, Hash = about.Hash, IsReviewed = isReviewed, By = User.FindFirst("sub")!.Value, At = at, Note = Note,
    };

    private async Task<IActionResult> Save(string language, string[] marks, string? note, bool isReviewed, CancellationToken stop)
    {
        if (!Knows(language)) return NotFound();

        (ticked, Note) = ([.. marks], string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        var asShown = WorkerTexts.All(language).Where(w => ticked.Contains(Mark(w))).ToList();
        Problem = WhyNot(asShown.Count, marks.Distinct().Count());
        if (Problem is not null) return await Show(stop);

        // Asked with her own token: whose role has ended since she signed in is refused.
        await identity.People(null, stop);
        var now = await AfterWhatWasSaid(asShown, stop);
        db.AddRange(asShown.Select(w => Said(w, isReviewed, now)));
        await db.SaveChangesAsync(stop);
        Done = string.Create(CultureInfo.InvariantCulture, $"{asShown.Count} {(asShown.Count == 1 ? "wording is" : "wordings are")} {(isReviewed ? "reviewed" : asShown.Count == 1 ? "a draft now" : "drafts now")}. Workers see it within {ReviewedTexts.FreshFor.TotalSeconds:0} seconds.");
        return RedirectToPage(new { language });
    }

    /// <summary>Now, or just after the last word about one of them when the clock of the replica that wrote it is ahead.</summary>
    private async Task<DateTime> AfterWhatWasSaid(IReadOnlyList<Wording> wordings, CancellationToken stop)
    {
        var (now, hashes) = (time.GetUtcNow().UtcDateTime, wordings.Select(w => w.Hash).ToList());
        var last = await db.TextReviews.Where(r => hashes.Contains(r.Hash)).MaxAsync(r => (DateTime?)r.At, stop);
        return last >= now ? last.Value.AddMilliseconds(1) : now;
    }

    private string? WhyNot(int known, int given)
    {
        if (!MayMark) return "Confirm first that it is you: it was too long ago. Your ticks are kept on this page.";
        if (given == 0) return "Tick the wordings that it is about first.";
        if (known < given) return "Some wordings have changed since you opened this page. They are marked below and not ticked any more: read them again.";
        if (Note?.Length > TextReview.LongestNote) return string.Create(CultureInfo.InvariantCulture, $"The note is too long: {TextReview.LongestNote} characters at most.");
        return null;
    }

    private bool Knows(string language)
    {
        Language = language;
        return WorkerTexts.Languages.Contains(language);
    }

    private async Task<IActionResult> Show(CancellationToken stop)
    {
        ToLookThrough = await ReviewedTexts.ToLookThrough(db, Language, stop);
        var reviews = (await db.TextReviews.AsNoTracking().Where(r => r.Area == WorkerTexts.Area && r.Language == Language).ToListAsync(stop)).OrderBy(r => r.At).ToLookup(r => r.Key);
        var emails = reviews.Count == 0 ? new Dictionary<string, string>() : (await identity.Emails(stop)).ToDictionary(e => e.Key.ToString(), e => e.Value);
        Parts = [.. WorkerTexts.All(Language).Select(w => RowOf(w, [.. reviews[w.Key]], emails)).GroupBy(r => PartNames.GetValueOrDefault(r.Key.Split('.')[0], "Other"))];
        return Page();
    }

    private Row RowOf(Wording wording, IReadOnlyList<TextReview> reviews, Dictionary<string, string> emails)
    {
        var ofThis = reviews.Where(r => r.Hash == wording.Hash).ToList();
        return new(wording.Key, wording.Text, WorkerTexts.Of("en", wording.Key), WorkerTexts.IsSafetyCritical(wording),
            ofThis is [.., { IsReviewed: true }], ofThis.Count == 0 && reviews.Any(r => r.IsReviewed), [.. ofThis.Select(Said)], Mark(wording));

        string Said(TextReview review) =>
            $"{(review.IsReviewed ? "Reviewed" : "Taken back")} by {emails.GetValueOrDefault(review.By, "somebody whose account is gone")} on {Shared.Words.Day(clock.DayOf(review.At))}{(review.Note is { } note ? $": {note}" : ".")}";
    }

    private static string Mark(Wording wording) => $"{wording.Key} {wording.Hash}";
}
