using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.EndToEnd.Tests.Recovery;

/// <summary>The operator's administrator at the pages, with a browser that knows no scripts.</summary>
internal sealed partial class Office(Uri address) : IDisposable
{
    private readonly HttpClient browser = new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = address };

    public void Dispose() => browser.Dispose();

    public async Task SignIn(CancellationToken stop)
    {
        using var form = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), stop);
        await Send(form.RequestMessage!.RequestUri!, await form.Content.ReadAsStringAsync(stop), [new("email", "admin@open-hand.example"), new("password", "demonstration")], stop);
    }

    /// <summary>Whether the product does not know this browser any more.</summary>
    public async Task<bool> IsAskedWho(CancellationToken stop)
    {
        using var shown = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), stop);
        return shown.RequestMessage!.RequestUri!.AbsolutePath == "/identity/sign-in";
    }

    public Task<string> Texts(string language, CancellationToken stop) => browser.GetStringAsync(new Uri($"/operators/texts/{language}", UriKind.Relative), stop);

    /// <summary>Says that this wording is reviewed.</summary>
    public async Task Review(string language, string key, CancellationToken stop)
    {
        var page = await Texts(language, stop);
        var mark = Regex.Match(page, $"name=\"wording\" value=\"({Regex.Escape(key)} [0-9a-f]+)\"").Groups[1].Value;
        await Send(new Uri(address, $"/operators/texts/{language}"), page, [new("wording", mark)], stop);
    }

    private async Task Send(Uri to, string page, KeyValuePair<string, string>[] fields, CancellationToken stop)
    {
        var token = WebUtility.HtmlDecode(Token().Matches(page)[^1].Groups[1].Value);
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]);
        using var answer = await browser.PostAsync(to, form, stop);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
