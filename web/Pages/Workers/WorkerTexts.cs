using System.Collections.Frozen;
using System.Text.Json;
using Recruitment.Web.TextReviews;

namespace Recruitment.Web.Pages.Workers;

/// <summary>Wordings for workers, one embedded file per language. No review can be recorded in a file: see <see cref="ReviewedTexts"/>.</summary>
internal static class WorkerTexts
{
    public const string Area = "workers";

    /// <summary>First parts of keys: danger, who reads and what stays secret, age, whom she speaks with, consent, her code, erasure, what is promised when something fails.</summary>
    private static readonly FrozenSet<string> SafetyCritical = FrozenSet.ToFrozenSet(["start", "closed", "safe", "age", "people", "consent", "receipt", "sent", "return", "mailbox", "delete", "deleted", "error"]);

    public static IReadOnlyList<string> Languages { get; } = ["th", "my", "km", "lo", "vi", "en"];

    private static readonly FrozenDictionary<string, IReadOnlyList<Wording>> InOrder = Languages.ToFrozenDictionary(l => l, Load);

    private static readonly FrozenDictionary<string, FrozenDictionary<string, Wording>> Wordings = InOrder.ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary(w => w.Key));

    /// <summary>The wording; in English when this language has none yet, so that a page never stays empty.</summary>
    public static Wording Find(string language, string key) =>
        Wordings[language].TryGetValue(key, out var wording) ? wording : Wordings["en"].GetValueOrDefault(key) ?? new(Area, "en", key, key);

    public static string Of(string language, string key) => Find(language, key).Text;

    /// <summary>All of a language, in the order of its file.</summary>
    public static IReadOnlyList<Wording> All(string language) => InOrder[language];

    /// <summary>Whether somebody is harmed when the wording is wrong.</summary>
    public static bool IsSafetyCritical(Wording wording) => wording.Key is "exit.limit" or "story.hint" || SafetyCritical.Contains(wording.Key.Split('.')[0]);

    /// <summary>Where people read this in earnest a language opens when all of it that somebody's safety hangs on is reviewed.</summary>
    public static bool IsOpen(string language, Reviewed reviewed) =>
        All("en").Where(IsSafetyCritical).All(english => Wordings[language].TryGetValue(english.Key, out var own) && reviewed.Has(own));

    private static IReadOnlyList<Wording> Load(string language)
    {
        using var file = typeof(WorkerTexts).Assembly.GetManifestResourceStream($"workers.{language}.json");
        return file is null ? [] : [.. JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.Select(t => new Wording(Area, language, t.Key, t.Value))];
    }
}
