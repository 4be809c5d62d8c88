using System.Net;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>Separate cases about one site: each filed through the worker form, opened with a reader's key and confirmed by her. Nothing is released by this.</summary>
internal sealed class SeedCases(WorkerForm form, CaseReader reader)
{
    /// <summary>Files what is not filed yet and confirms what is not confirmed yet, so that it can be begun again after a crash. The texts must differ.</summary>
    public async Task FileAndConfirm(IReadOnlyList<Telling> tellings, Guid site, CancellationToken stop)
    {
        var filed = await Opened(stop);
        foreach (var telling in tellings.Where(t => filed.All(c => c.Texts[0] != t.Text))) await form.File(telling, stop);

        foreach (var opened in await Opened(stop))
        {
            if (tellings.FirstOrDefault(t => t.Text == opened.Texts[0]) is { Topic: { } topic }) await Confirm(opened, site, topic, stop);
        }
    }

    private async Task<List<OpenedCase>> Opened(CancellationToken stop)
    {
        var opened = new List<OpenedCase>();
        foreach (var id in await reader.Cases(stop)) opened.Add(await reader.Open(id, stop));
        return opened;
    }

    private async Task Confirm(OpenedCase opened, Guid site, string topic, CancellationToken stop)
    {
        try
        {
            await reader.Confirm(opened, site, topic, stop);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Conflict && refused.Message.Contains("no-consent-to-count", StringComparison.Ordinal))
        {
            // Counted before the crash: the token is spent, and the case counts once.
        }
    }
}
