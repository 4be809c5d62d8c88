using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>Step 5: the worker, without script or account, and the case handler who reads and answers in her own browser.</summary>
internal static class Voice
{
    public const string HandlerEmail = "yuri@open-hand.example";
    public const string SecondAdministratorEmail = "sunan@open-hand.example";
    public const string Passphrase = "sixteen letters and more";
    private const string Told = "นายจ้างไม่จ่ายค่าจ้างสองเดือนแล้ว";
    private const string Answer = "เราอ่านเรื่องของคุณแล้ว และจะถามโรงงานโดยไม่บอกว่าใครร้องเรียน";

    /// <summary>The only administrator makes the second one; together they make a case handler, who joins and makes her key; the first one puts her on the intake team.</summary>
    public static async Task SomebodyReads(IPage administrator, IPage second, IPage handler)
    {
        await administrator.Visit("/operators");
        await administrator.SelectOptionAsync("#role", "administrator");
        await administrator.Press("Make a link");
        await second.Join(await administrator.InnerTextAsync(".notice code"), SecondAdministratorEmail);

        await administrator.Visit("/operators/rolerequests");
        await administrator.FillAsync("#email", HandlerEmail);
        await administrator.SelectOptionAsync("#role", "case_handler");
        await administrator.Press("Ask for it");
        await administrator.Reads("Waits for another administrator");
        await second.Visit("/operators/rolerequests");
        await second.Press($"Agree: case handler for {HandlerEmail}");
        await second.Reads("Agreed.");
        await administrator.Visit("/operators/rolerequests");
        await administrator.Press($"Take the link for {HandlerEmail}");
        await handler.Join(await administrator.InnerTextAsync(".notice code"), HandlerEmail);

        await handler.Follow("Make your key");
        await handler.FillAsync("#passphrase", Passphrase);
        await handler.FillAsync("#again", Passphrase);
        await handler.Press("Make my key");
        await handler.Locator("#recovery-code").WaitForAsync();
        await handler.FillAsync("#repeat", (await handler.InnerTextAsync("#recovery-code")).Split('-')[^1]);
        await handler.Press("I have it on paper. Keep my key");
        await handler.Reaches("/casehandlers$");

        await administrator.Visit("/operators/readers");
        await administrator.Press($"Put on the intake team: {HandlerEmail}");
        await administrator.Locator("tr").Filter(new() { HasText = HandlerEmail }).GetByText("on the team").First.WaitForAsync();
    }

    /// <returns>The code that she keeps.</returns>
    public static async Task<string> WorkerFiles(IPage worker, Running running)
    {
        await worker.GotoAsync(running.Workers.ToString());
        await worker.ClickAsync("a[lang=th]");
        await worker.ClickAsync("main form button");
        await worker.CheckAsync("input[value=yes]");
        await Next(worker);
        await worker.ClickAsync("button[value=skip]");
        await worker.FillAsync("#query", "Tawan");
        await worker.ClickAsync("button[value=search]");
        await worker.Choose(Chain.Supplier);
        await Next(worker);
        await worker.CheckAsync("input[value=wages]");
        await Next(worker);
        await worker.FillAsync("#text", Told);
        await Next(worker);
        await worker.CheckAsync("input[name=handler][value=woman]");
        await worker.CheckAsync("input[name=interpreter][value=either]");
        await Next(worker);
        await worker.CheckAsync("input[name=use_anonymised_for_stats]");
        await Next(worker);
        var code = await worker.InnerTextAsync(".code");
        await Next(worker);
        Assert.Equal(code, await worker.InnerTextAsync(".code"));
        Assert.Empty(await worker.Context.CookiesAsync());
        return code;
    }

    /// <returns>The address of the case.</returns>
    public static async Task<string> HandlerAnswers(IPage handler)
    {
        await handler.Visit("/casehandlers");
        await handler.Follow("Open ");
        await handler.FillAsync("#passphrase", Passphrase);
        await handler.Press("Open here");
        await handler.Locator("#opened:not([hidden]), #said:not(:empty)").First.WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal("", await handler.Locator("#said").TextContentAsync());
        await handler.Locator("#messages").GetByText(Told).WaitForAsync();
        await handler.Reads(Chain.Supplier);
        await handler.Reads("a woman");
        await handler.FillAsync("#text", Answer);
        await handler.Press("Seal and send");
        await handler.GetByText("Sent. The worker reads it").WaitForAsync();
        // It would take the place of the answer that she is to read.
        await handler.FillAsync("#text", "  \n ");
        await handler.Press("Seal and send");
        await handler.GetByText("Nothing was sent: write an answer first.").WaitForAsync();
        return handler.Url;
    }

    public static async Task WorkerReadsTheAnswer(IPage worker, Running running, string code)
    {
        await worker.GotoAsync($"{running.Workers}w/th/open");
        await worker.FillAsync("#code", code);
        await worker.ClickAsync("button[value=open]");
        Assert.Equal(Answer, (await worker.InnerTextAsync("blockquote")).Trim());
        Assert.DoesNotContain(Told, await worker.ContentAsync(), StringComparison.Ordinal);
    }

    private static Task Next(IPage worker) => worker.ClickAsync("button[value=next]");
}
