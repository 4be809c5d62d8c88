using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.CaseHandlers;

/// <summary>A case handler's first screen: who is in danger, then what is due next. Nothing of a case is readable here.</summary>
public sealed class IndexModel(GrievancesClient grievances) : PageModel
{
    public GrievancesClient.CasePage Listed { get; private set; } = GrievancesClient.CasePage.Empty;

    public IReadOnlyList<GrievancesClient.Case> Cases => Listed.Items;

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public bool IsFirstPage => string.IsNullOrEmpty(Cursor);

    public bool Reached { get; private set; }

    /// <summary>Only case handlers register keys; others who may read this page are told so.</summary>
    public bool MayHoldKey { get; private set; } = true;

    public bool HasKey { get; private set; }

    /// <summary>What to answer before everything else, wherever in the list it stands.</summary>
    public GrievancesClient.Case? First => IsFirstPage ? Listed.First : null;

    public bool OnIntake { get; private set; }

    public string? AlertAddress { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>What became of an address that was just sent.</summary>
    public string? Kept { get; private set; }

    /// <summary>There is a list, but not this page of it.</summary>
    public bool IsNoPage { get; private set; }

    /// <summary>The answer to the heading, in one line. A flood may hide people who are in danger: it never says nobody while some of them wait there.</summary>
    public string Summary =>
        ((Listed.InDanger, Listed.InDangerInFlood) switch
        {
            (0, 0) => "Nobody who waits for an answer said that they are in danger.",
            (0, 1) => $"One person in danger waits for an answer, among those that came in a flood, {Where}.",
            (0, var flooded) => $"{flooded} people in danger wait for an answer, all among those that came in a flood, {Where}.",
            (1, _) => "One person in danger waits for an answer.",
            var (many, _) => $"{many} people in danger wait for an answer.",
        })
        + (Listed switch { { InDanger: 0 } or { InDangerInFlood: 0 } => "", { InDangerInFlood: 1 } => $" One more said so among those that came in a flood, {Where}.", _ => $" {Listed.InDangerInFlood} more said so among those that came in a flood, {Where}." })
        + (Listed.Overdue switch { 0 => "", 1 => " One answer is overdue.", var many => $" {many} answers are overdue." });

    /// <summary>Where those in danger among the flood stand, seen from this page. In front of them the list has those outside the flood that are not closed, behind them all else.</summary>
    private string Where
    {
        get
        {
            var here = Cases.Count(c => c is { Parked: true, Status: "received", Severity: "danger" });
            return here == Listed.InDangerInFlood ? "below"
                : here > 0 ? IsFirstPage ? "below and on the next page" : "below and on the pages beside this one"
                : Cases is [.., { Parked: false, Status: not "closed" }] ? "on a later page" : "on an earlier page";
        }
    }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task OnPostAsync(string? address, CancellationToken stop)
    {
        string? typed = null;
        try
        {
            var body = JsonSerializer.SerializeToElement(new { address = string.IsNullOrWhiteSpace(address) ? null : address.Trim() });
            var (status, _) = await grievances.Pass(HttpMethod.Put, "readers/me/alerts", body, null, stop);
            if (status != HttpStatusCode.NoContent) typed = address;
            if (typed is not null) Problem = "That address was not kept. Write one address, such as name@office.example.";
            else Kept = string.IsNullOrWhiteSpace(address) ? "No address is kept now: you get no mails." : $"Kept. Mails go to {address.Trim()} from now on.";
        }
        catch (HttpRequestException problem) when (problem.StatusCode != HttpStatusCode.Unauthorized)
        {
            typed = address;
            Problem = "The address could not be kept now. Try again in a moment.";
        }
        await Load(stop);
        if (typed is not null) AlertAddress = typed;
    }

    private async Task Load(CancellationToken stop)
    {
        try
        {
            var (status, me) = await grievances.Pass(HttpMethod.Get, "readers/me", null, null, stop);
            if (status == HttpStatusCode.Unauthorized) throw new HttpRequestException("The session has ended.", null, status);
            Reached = status is HttpStatusCode.OK or HttpStatusCode.NotFound;
            MayHoldKey = status != HttpStatusCode.Forbidden;
            HasKey = status == HttpStatusCode.OK;
            if (!HasKey) return;
            OnIntake = me!.Value.GetProperty("intake").GetBoolean();
            AlertAddress = me.Value.GetProperty("alertAddress").GetString();
            Listed = await grievances.List(Cursor, stop);
        }
        catch (HttpRequestException unknown) when (unknown.StatusCode == HttpStatusCode.BadRequest)
        {
            Problem = "There is no such page of the list. Go back to its first page.";
            (Reached, HasKey, IsNoPage) = (false, false, true);
        }
        catch (HttpRequestException problem) when (problem.StatusCode != HttpStatusCode.Unauthorized)
        {
            Reached = false;
            Problem ??= "The cases cannot be reached now. Load this page again in a moment.";
        }
    }
}
