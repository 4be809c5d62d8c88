using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>What a worker tells, page by page. Of the directory the entry of exactly the name in About is chosen; without one it stays as she wrote it.</summary>
internal sealed record Telling(string Language, string About, string? Topic, string Text, bool? SafeNow = null, bool? Under18 = null, bool MayCount = false, string? HandlerWish = null, string? InterpreterWish = null);

/// <summary>A worker at the worker host: the HTML form, without script and without cookies, as a browser sends it.</summary>
internal sealed partial class WorkerForm(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>Walks through the form and sends it; answers the receipt she keeps.</summary>
    public async Task<string> File(Telling told, CancellationToken stop)
    {
        var page = await Send($"w/{told.Language}/form", [], stop);
        page = await Answer(page, told, "safe", stop, ("answer", YesNo(told.SafeNow)));
        page = await Answer(page, told, "age", stop, ("answer", YesNo(told.Under18)));
        page = await About(page, told, stop);
        page = await Answer(page, told, "topic", stop, ("topic", told.Topic));
        page = await Answer(page, told, "story", stop, ("text", told.Text));
        page = await Answer(page, told, "people", stop, ("handler", told.HandlerWish), ("interpreter", told.InterpreterWish));
        page = await Answer(page, told, "consent", stop, ("use_anonymised_for_stats", told.MayCount ? "yes" : null));
        var receipt = Code(page);
        page = await Answer(page, told, "receipt", stop);
        // The last page has no form any more and shows the same code again.
        if (StepOf(page) is not null || Code(page) != receipt) throw new HttpRequestException("The worker form did not take the case.");
        return receipt;
    }

    /// <summary>What a worker reads who comes back with her code; null when there is no answer yet.</summary>
    public async Task<string?> Return(string language, string receipt, CancellationToken stop)
    {
        var page = await Send($"w/{language}/open", [("code", receipt), ("go", "open")], stop);
        return Reply().Match(page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value).Trim() : null;
    }

    public void Dispose() => http.Dispose();

    private async Task<string> About(string page, Telling told, CancellationToken stop)
    {
        page = await Answer(page, told, "about", stop, ("query", told.About), ("go", "search"));
        var entry = Entries().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).FirstOrDefault(e => e.Split('|', 3)[^1] == told.About);
        return await Answer(page, told, "about", stop, ("query", told.About), ("about", entry));
    }

    private Task<string> Answer(string page, Telling told, string step, CancellationToken stop, params (string Name, string? Value)[] fields)
    {
        if (StepOf(page) is var shown && shown != step) throw new HttpRequestException($"The worker form shows {shown ?? "no question"} instead of {step}.");
        return Send($"w/{told.Language}/form",
            [("step", step), ("state", WebUtility.HtmlDecode(State().Match(page).Groups[1].Value)), .. fields.Any(f => f.Name == "go") ? fields : [.. fields, ("go", "next")]], stop);
    }

    private async Task<string> Send(string path, (string Name, string? Value)[] fields, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Host = $"{WorkerHost.Prefix}{address.Authority}";
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new FormUrlEncodedContent(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));
        using var answer = await http.SendAsync(request, stop);
        if (answer.Headers.Contains("Set-Cookie")) throw new HttpRequestException("The worker host set a cookie.");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(stop);
    }

    private static string? StepOf(string page) => Step().Match(page) is { Success: true } found ? found.Groups[1].Value : null;

    private static string Code(string page) => Receipt().Match(page) is { Success: true } found ? found.Groups[1].Value : throw new HttpRequestException("The worker form shows no receipt.");

    private static string? YesNo(bool? answer) => answer switch { true => "yes", false => "no", null => null };

    [GeneratedRegex("""name="step" value="([a-z]+)""")]
    private static partial Regex Step();

    [GeneratedRegex("""name="state" value="([^"]+)""")]
    private static partial Regex State();

    [GeneratedRegex("""name="about" value="((?:site|recruiter)\|[^"]+)""")]
    private static partial Regex Entries();

    [GeneratedRegex("""<p class="code">([^<]+)<""")]
    private static partial Regex Receipt();

    [GeneratedRegex("<blockquote>(.*?)</blockquote>", RegexOptions.Singleline)]
    private static partial Regex Reply();
}
