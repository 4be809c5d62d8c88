using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.CaseHandlers;

/// <summary>A case handler's first screen: who is in danger, then what is due next. Nothing of a case is readable here.</summary>
public sealed class IndexModel(GrievancesClient grievances) : PageModel
{
    public IReadOnlyList<GrievancesClient.Case> Cases { get; private set; } = [];

    public bool Reached { get; private set; }

    /// <summary>Only case handlers register keys; others who may read this page are told so.</summary>
    public bool MayHoldKey { get; private set; } = true;

    public bool HasKey { get; private set; }

    /// <summary>What to answer first; the service has put danger in front.</summary>
    public GrievancesClient.Case? First => Cases.FirstOrDefault(c => c is { Status: "received", Parked: false });

    public bool OnIntake { get; private set; }

    public string? AlertAddress { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>The answer to the heading, in one line.</summary>
    public string Summary
    {
        get
        {
            var open = Cases.Where(c => c is { Status: "received", Parked: false }).ToList();
            var danger = open.Count(c => c.Severity == "danger");
            var overdue = open.Count(c => c.Overdue);
            return (danger switch { 0 => "Nobody who waits for an answer said that they are in danger.", 1 => "One person in danger waits for an answer.", _ => $"{danger} people in danger wait for an answer." })
                + (overdue == 0 ? "" : overdue == 1 ? " One answer is overdue." : $" {overdue} answers are overdue.");
        }
    }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task OnPostAsync(string? address, CancellationToken stop)
    {
        try
        {
            var body = JsonSerializer.SerializeToElement(new { address = string.IsNullOrWhiteSpace(address) ? null : address.Trim() });
            var (status, _) = await grievances.Pass(HttpMethod.Put, "readers/me/alerts", body, stop);
            if (status != HttpStatusCode.NoContent) Problem = "That address was not kept. Write one address, such as name@office.example.";
        }
        catch (HttpRequestException problem) when (problem.StatusCode != HttpStatusCode.Unauthorized)
        {
            Problem = "The address could not be kept now. Try again in a moment.";
        }
        await Load(stop);
    }

    private async Task Load(CancellationToken stop)
    {
        try
        {
            var (status, me) = await grievances.Pass(HttpMethod.Get, "readers/me", null, stop);
            if (status == HttpStatusCode.Unauthorized) throw new HttpRequestException("The session has ended.", null, status);
            Reached = status is HttpStatusCode.OK or HttpStatusCode.NotFound;
            MayHoldKey = status != HttpStatusCode.Forbidden;
            HasKey = status == HttpStatusCode.OK;
            if (!HasKey) return;
            OnIntake = me!.Value.GetProperty("intake").GetBoolean();
            AlertAddress = me.Value.GetProperty("alertAddress").GetString();
            Cases = await grievances.List(stop);
        }
        catch (HttpRequestException problem) when (problem.StatusCode != HttpStatusCode.Unauthorized)
        {
            Reached = false;
            Problem ??= "The cases cannot be reached now. Load this page again in a moment.";
        }
    }
}
