using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>Workers by a program of their own: a receipt, a report with a formId, now and then another message with a messageId.</summary>
internal sealed class Workers(int seed, HttpClient http, Reports reports, Persistence persistence) : Actor(seed)
{
    private const string Root = "api/v1/grievances";
    private readonly List<Report> mine = [];
    private int number;

    public override async Task Write(CancellationToken stop)
    {
        if (mine.Count > 0 && Random.Next(10) < 4) await WriteAgain(mine[Random.Next(mine.Count)], stop);
        else await File(stop);
    }

    public override Task<IReadOnlyList<string>> Wrong(CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>([]);

    private async Task File(CancellationToken stop)
    {
        var (text, form, givesUp) = ($"Report {++number} of program {Seed}: {Reports.Mark}.", Guid.CreateVersion7(), Random.Next(10) == 0);
        var receipt = (await persistence.Until(() => http.Post($"{Root}/receipts", null, stop), stop)).GetProperty("receipt").GetString()!;
        reports.Made(receipt);
        var report = new { receipt, language = "en", formId = form, text, safeNow = true, under18 = false };
        if (givesUp)
        {
            try
            {
                await http.Post(Root, report, stop);
            }
            catch (Exception unanswered) when (Persistence.IsNoAnswer(unanswered) && !stop.IsCancellationRequested)
            {
                reports.GaveUp(text);
                return;
            }
        }
        else
        {
            await persistence.Until(() => http.Post(Root, report, stop), stop);
        }
        var filed = new Report(receipt, text);
        mine.Add(filed);
        reports.Filed(filed);
    }

    private async Task WriteAgain(Report report, CancellationToken stop)
    {
        var message = new { report.Receipt, messageId = Guid.CreateVersion7(), text = $"Message {report.Texts.Count}: {Reports.Mark}." };
        await persistence.Until(() => http.Post($"{Root}/mailbox/messages", message, stop), stop);
        report.Texts.Add(message.text);
        report.Changed = true;
    }
}
