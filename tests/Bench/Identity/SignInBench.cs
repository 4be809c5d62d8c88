using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Testing;

namespace Recruitment.Bench.Identity;

/// <summary>From the wish to sign in to the first page of somebody who is signed in, over HTTP as a browser goes, without the time in which he types.</summary>
internal static partial class SignInBench
{
    private const int Times = 100;

    public static async Task<IReadOnlyList<Figure>> Run()
    {
        await using var running = await Running.AsOneProcess();
        for (var i = 0; i < 10; i++) await SignIn(running.Address);
        var taken = new List<double>();
        for (var i = 0; i < Times; i++) taken.Add(await SignIn(running.Address));
        taken.Sort();
        return
        [
            Benchmarks.SignIn95.AtMost(taken[(int)(Times * 0.95) - 1]) with
            {
                Note = FormattableString.Invariant($"middle {taken[Times / 2]:0} ms, longest {taken[^1]:0} ms, of {Times}; page of sign-in, e-mail and password, code with PKCE, first page; embedded, on SQLite"),
            },
        ];
    }

    private static async Task<double> SignIn(Uri address)
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        using var page = await browser.GetAsync("sign-in");
        var html = await page.Content.ReadAsStringAsync();
        var form = html[html.IndexOf("<form method=\"post\"", StringComparison.Ordinal)..];
        var fields = Hidden().Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)]).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        (fields["email"], fields["password"]) = ("anna@marisol-pine.example", "demonstration");
        using var sent = new FormUrlEncodedContent(fields);
        using var arrived = await browser.PostAsync(page.RequestMessage!.RequestUri, sent);
        var first = await arrived.Content.ReadAsStringAsync();
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        return first.Contains("/sign-out", StringComparison.Ordinal) ? milliseconds : throw new InvalidOperationException($"Nobody was signed in: {arrived.StatusCode} at {arrived.RequestMessage!.RequestUri!.AbsolutePath}");
    }

    [GeneratedRegex("<input(?=[^>]*type=\"hidden\")(?=[^>]*name=\"([^\"]+)\")(?=[^>]*value=\"([^\"]*)\")")]
    private static partial Regex Hidden();
}
