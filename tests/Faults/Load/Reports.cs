using System.Collections.Concurrent;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>What workers told and were told has arrived, and what the case handler can open.</summary>
internal sealed class Reports(CaseReader reader)
{
    /// <summary>In every report; nothing that the product writes elsewhere may hold it.</summary>
    public const string Mark = "the herons count our passports";

    private readonly ConcurrentDictionary<string, Report> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> givenUp = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> receipts = [];
    private readonly HashSet<Guid> known = [];

    public int Count => acknowledged.Count;

    /// <summary>Reports whose sender gave up at the first lost connection: there whole, or not at all.</summary>
    public int GivenUp => givenUp.Count;

    /// <summary>Every receipt that was ever made.</summary>
    public IEnumerable<string> Receipts => receipts;

    /// <summary>Cases that were there before belong to nobody here.</summary>
    public async Task Begin(CancellationToken stop) => known.UnionWith(await reader.Cases(stop));

    public void Made(string receipt) => receipts.Add(receipt);

    public void Filed(Report report) => acknowledged[report.Texts[0]] = report;

    public void GaveUp(string text) => givenUp[text] = 0;

    public async Task<IReadOnlyList<string>> Wrong(CancellationToken stop)
    {
        var wrong = new List<string>();
        var ids = await reader.Cases(stop);
        foreach (var id in ids.Except(known).ToList())
        {
            known.Add(id);
            var opened = await reader.Open(id, stop);
            if (acknowledged.TryGetValue(opened.Texts[0], out var report))
            {
                if (report.Case is not null) wrong.Add($"The report “{opened.Texts[0]}” is there twice.");
                (report.Case, report.Changed) = (id, true);
            }
            else if (!givenUp.TryRemove(opened.Texts[0], out _))
            {
                wrong.Add($"A report is there that nobody sent, or one given up is there twice: “{opened.Texts[0]}”.");
            }
        }
        foreach (var report in acknowledged.Values.Where(r => r.Case is null && !r.IsMissed))
        {
            report.IsMissed = true; // said once
            wrong.Add($"The report “{report.Texts[0]}” was acknowledged and is not there.");
        }
        var there = ids.ToHashSet();
        foreach (var report in acknowledged.Values.Where(r => r.Case is { } id && !there.Contains(id)))
        {
            (report.Case, report.IsMissed) = (null, true);
            wrong.Add($"The report “{report.Texts[0]}” was there and is gone.");
        }
        foreach (var report in acknowledged.Values.Where(r => r is { Changed: true, Case: not null }))
        {
            report.Changed = false;
            var texts = (await reader.Open(report.Case!.Value, stop)).Texts;
            if (!texts.SequenceEqual(report.Texts)) wrong.Add($"The mailbox holds “{string.Join(" | ", texts)}” instead of “{string.Join(" | ", report.Texts)}”.");
        }
        return wrong;
    }

    /// <summary>Opens every one again, however long ago it was filed.</summary>
    public void LookAtAllAgain()
    {
        foreach (var report in acknowledged.Values) report.Changed = true;
    }
}

/// <summary>One report and what was written into its mailbox, in order, as acknowledged.</summary>
internal sealed class Report(string receipt, string text)
{
    public string Receipt { get; } = receipt;
    public List<string> Texts { get; } = [text];
    public Guid? Case { get; set; }
    public bool Changed { get; set; }
    public bool IsMissed { get; set; }
}
