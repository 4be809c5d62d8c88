using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Workers;

/// <summary>One question at a time. Each page carries all that was told before, encrypted; the receipt is shown before anything is sent.</summary>
[RequestFormLimits(ValueLengthLimit = 256 << 10)]
public sealed class FormModel(GrievancesClient grievances, IServiceProvider services) : WorkerPage(grievances)
{
    private const string ToBeCounted = "use_anonymised_for_stats";
    private static readonly string[] Steps = ["safe", "age", "about", "topic", "story", "people", "consent", "receipt"];
    private readonly ToldState states = services.GetRequiredService<ToldState>();

    public static IReadOnlyList<string> TopicCodes { get; } =
        ["wages", "fees_and_debt", "documents", "deception", "hours", "movement", "violence", "children", "association", "housing", "health_and_safety", "remedy"];

    public static IReadOnlyList<string> WishCodes { get; } = ["woman", "man", "either"];

    public static IReadOnlyList<string> ConsentCodes { get; } = ["act_without_name", "refer_to_help", ToBeCounted];

    /// <summary>What she may be asked to allow: to be counted only with the number of others that then holds.</summary>
    public IEnumerable<(string Code, string Wording)> Consents => ConsentCodes.Where(c => c != ToBeCounted || Told.CountedTogether is not null)
        .Select(c => (c, T($"consent.{c}").Replace("{others}", (Told.CountedTogether - 1)?.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    /// <summary>A step, or sent, trouble, expired, closed.</summary>
    public string Step { get; private set; } = "safe";

    public Told Told { get; private set; } = new();

    public string State => states.Close(Told);

    /// <summary>The key of a sentence about what to change.</summary>
    public string? Problem { get; private set; }

    public IReadOnlyList<GrievancesClient.Entry> Found { get; private set; } = [];

    public string? Query { get; private set; }

    /// <summary>Where she goes on when intake, which closed while she wrote, is open again.</summary>
    public string Resume { get; private set; } = "safe";

    /// <summary>What stood in the field when the state could not be read.</summary>
    public string? Kept { get; private set; }

    public DateOnly ReturnOn { get; private set; }

    public IActionResult OnGet() => Redirect($"/w/{Language}");

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var step = Field("step");
        if (step is null)
        {
            Step = Intake.Open ? "safe" : "closed";
            Told = new() { FormId = RandomId.New(), Begun = Intake.Begun, CountedTogether = Intake.CountedTogether };
            if (Intake.Open) await MakeReceipts(stop);
            return Page();
        }
        if (states.Open(Field("state")) is not { } told)
        {
            (Step, Kept) = ("expired", Field("text") ?? Field("query"));
            return Page();
        }
        Told = told;
        Step = Steps.Contains(step) ? step : "safe";
        await Go(Field("go") ?? "next", stop);
        return Page();
    }

    private async Task Go(string go, CancellationToken stop)
    {
        // What was sent before it closed has arrived, and sent again it is told so: by the service, which would take a new one in a language that only the web knows to be closed.
        if (!Intake.Open && !Intake.IsAway && (LanguageIsClosed || (Step, go) != ("receipt", "next")))
        {
            if (go is not ("skip" or "again")) Told = Answered(Told);
            Close();
            return;
        }
        if (go == "again") return;
        if (go == "back")
        {
            Told = Answered(Told);
            Step = Steps[Math.Max(0, Array.IndexOf(Steps, Step) - 1)];
            return;
        }
        if (Step == "about" && go == "search")
        {
            Query = Field("query");
            await Search(stop);
            return;
        }
        if (go != "skip") Told = Answered(Told);
        if (Step == "receipt")
        {
            await Send(stop);
            return;
        }
        Problem = Refused();
        if (Problem is not null) return;

        Step = Steps[Array.IndexOf(Steps, Step) + 1];
        if (Step == "receipt" && Told.Receipt is null && !await MakeReceipts(stop)) (Step, Problem) = ("consent", "error.trouble");
    }

    /// <summary>A directory that is away must not stop her: she goes on with the name she wrote.</summary>
    private async Task Search(CancellationToken stop)
    {
        try
        {
            if (Query is { Length: > 1 and <= 100 }) Found = await Grievances.Search(Query, stop);
        }
        catch (Exception problem) when (IsAway(problem, stop))
        {
            Found = [];
        }
        Problem = Found.Count == 0 ? "about.none" : null;
    }

    private Told Answered(Told told) => Step switch
    {
        "safe" => told with { SafeNow = Choice("answer") ?? told.SafeNow },
        "age" => told with { Under18 = Choice("answer") ?? told.Under18 },
        "about" => About(told),
        "topic" => Field("topic") is { } topic && TopicCodes.Contains(topic) ? told with { Topic = topic } : told,
        "story" => told with { Text = Field("text") },
        "people" => told with { HandlerWish = Wish("handler") ?? told.HandlerWish, InterpreterWish = Wish("interpreter") ?? told.InterpreterWish },
        "consent" => told with { Consents = [.. ConsentCodes.Where(c => Field(c) is not null)] },
        _ => told,
    };

    /// <summary>An entry of the directory comes back as kind, id and name in one value; anything else is the name as she wrote it, or nothing.</summary>
    private Told About(Told told)
    {
        var parts = (Field("about") ?? "").Split('|', 3);
        if (parts.Length == 3 && parts[0] is "site" or "recruiter" && Guid.TryParse(parts[1], out var id))
            return told with { AboutKind = parts[0], AboutId = id, AboutName = Cut(parts[2]) };
        return Field("query") switch
        {
            null => told with { AboutKind = null, AboutId = null, AboutName = null },
            var unchanged when unchanged == told.AboutName => told,
            var written => told with { AboutKind = "written", AboutId = null, AboutName = Cut(written) },
        };
    }

    private string? Refused()
    {
        if (Step != "story") return null;
        if (Told.Text?.Length > SizeLimits.GrievanceText) return "story.long";
        return Told.Topic is null && Told.Text is null ? "story.needed" : null;
    }

    /// <summary>One to send with and two for what she may change afterwards. False while the service is away; it is asked again before the code is shown.</summary>
    private async Task<bool> MakeReceipts(CancellationToken stop)
    {
        var made = await Task.WhenAll(NewReceipt(stop), NewReceipt(stop), NewReceipt(stop));
        if (made is not [{ } first, { } second, { } third]) return false;

        Told = Told with { Receipt = first, SpareReceipts = [second, third] };
        return true;
    }

    /// <summary>The next code, when one arrived under this before: she changed hers, or deleted it and loads the page again, or somebody who saw the code sent one.</summary>
    private async Task NextReceipt(CancellationToken stop)
    {
        Step = "receipt";
        if (Told.SpareReceipts.Count > 0) Told = Told with { Receipt = Told.SpareReceipts[0], SpareReceipts = [.. Told.SpareReceipts.Skip(1)] };
        else if (!await MakeReceipts(stop)) Step = "trouble";
        if (Step == "receipt") Problem = "receipt.changed";
    }

    /// <summary>Null while the service is away.</summary>
    private async Task<string?> NewReceipt(CancellationToken stop)
    {
        try
        {
            return await Grievances.MakeReceipt(stop);
        }
        catch (Exception problem) when (IsAway(problem, stop))
        {
            return null;
        }
    }

    /// <summary>Sent again after a lost answer, the same receipt leads to the same page and to one case. Changed in between, it is a report of its own.</summary>
    private async Task Send(CancellationToken stop)
    {
        if (Told.Receipt is null)
        {
            Step = "consent";
            return;
        }
        try
        {
            var returnOn = await Grievances.File(new(Told.Receipt, Language, Told.SafeNow, Told.Under18,
                Told.AboutKind is null ? null : new(Told.AboutKind, Told.AboutId, Told.AboutName ?? ""), Told.Topic, Told.Text, Told.HandlerWish, Told.InterpreterWish,
                Has("act_without_name"), Has("refer_to_help"), Has(ToBeCounted), Told.CountedTogether, Told.Begun, Told.FormId), stop);
            if (returnOn is null)
            {
                await NextReceipt(stop);
                return;
            }
            (Step, ReturnOn) = ("sent", returnOn.Value);
        }
        catch (HttpRequestException problem) when (problem.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable && Intake is { Open: false, IsAway: false })
        {
            Close();
        }
        catch (Exception problem) when (IsAway(problem, stop))
        {
            Step = "trouble";
        }
    }

    private void Close() => (Resume, Step) = (Step, "closed");

    private bool Has(string consent) => Told.Consents.Contains(consent);

    private bool? Choice(string name) => Field(name) switch { "yes" => true, "no" => false, _ => null };

    private string? Wish(string name) => Field(name) is { } wish && WishCodes.Contains(wish) ? wish : null;

    private static string Cut(string name) => name.Length <= 300 ? name : name[..300];

    private string? Field(string name) => Typed(name) is { Length: > 0 } value ? value : null;
}
