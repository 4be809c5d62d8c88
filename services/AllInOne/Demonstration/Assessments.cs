using System.Net.Http.Headers;
using System.Text.Json;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>Takes the scenario's recruiters on their way to a status: each step by the person whose it is, until the state that the scenario names.</summary>
internal sealed class Assessments(Scenario scenario, Entrance entrance)
{
    private const string Root = "api/v1/accreditation";

    public async Task Advance(CancellationToken stop)
    {
        using var manager = await entrance.Person(scenario.People.SchemeManager, Loader.Password, stop);
        using var auditor = await entrance.Person(scenario.People.Auditor, Loader.Password, stop);
        using var decider = await entrance.Person(scenario.People.DecisionMaker, Loader.Password, stop);
        // Accreditation hears of organisations from Suppliers.
        await Calls.Until(async () => (await manager.Get($"{Root}/audit-bodies", stop)).GetProperty("items").EnumerateArray().Any(b => b.GetProperty("id").GetGuid() == scenario.AuditBodyId),
            "Accreditation did not hear of the audit body", stop);

        foreach (var story in scenario.Assessments)
        {
            using var recruiter = await entrance.Machine(story.Client, stop);
            await Advance(story, new(recruiter, manager, auditor, decider), stop);
        }
    }

    private async Task Advance(Scenario.Assessment story, Cast cast, CancellationToken stop)
    {
        var scheme = await cast.Recruiter.Get($"{Root}/scheme", stop);
        string? before = null;
        while (true)
        {
            var line = (await cast.Recruiter.Get($"{Root}/applications", stop)).GetProperty("items").EnumerateArray().Cast<JsonElement?>().FirstOrDefault();
            if (line is null)
            {
                await cast.Recruiter.Post($"{Root}/applications", new { story.Corridors, story.Sectors }, stop);
                continue;
            }
            var application = $"{Root}/applications/{line.Value.GetProperty("id").GetGuid()}";
            var audit = $"{Root}/audits/{line.Value.GetProperty("auditId").GetGuid()}";
            var state = line.Value.GetProperty("state").GetString();
            if (state == story.Until) return;
            if (state == before) throw new HttpRequestException($"The application of {story.Client} stays {state}");
            before = state;
            switch (state)
            {
                case "draft":
                    await Answer(cast.Recruiter, application, scheme, stop);
                    await cast.Recruiter.Post($"{application}/submit", null, stop);
                    break;
                case "submitted":
                    await cast.Manager.Post($"{application}/review", new { outcome = "eligible", reason = "Complete, and within the scope of the standard.", auditBodyPartyId = scenario.AuditBodyId }, stop);
                    break;
                case "eligible":
                    await NameAuditor(cast, application, stop);
                    break;
                case "audit_assigned":
                    await Audit(story, cast.Auditor, application, audit, scheme, stop);
                    break;
                case "ready_for_decision":
                    await cast.Decider.Post($"{application}/decision", new { outcome = "granted", story.Rationale }, stop);
                    break;
                default:
                    // Somebody took it another way by hand; it is his now.
                    return;
            }
        }
    }

    private static async Task Answer(HttpClient recruiter, string application, JsonElement scheme, CancellationToken stop)
    {
        var indicators = Criteria(scheme).SelectMany(c => c.GetProperty("indicators").EnumerateArray()).Select(i => i.GetProperty("code").GetString()!).ToList();
        await recruiter.Put($"{application}/answers", new { answers = indicators.Select((code, i) => new { indicator = code, value = i % 9 == 4 ? "partly" : "conform" }) }, stop);

        var missing = (await recruiter.Get(application, stop)).GetProperty("missing").EnumerateArray().Where(m => m.GetProperty("kind").GetString() == "evidence").ToList();
        foreach (var indicator in missing.Select(m => m.GetProperty("indicator").GetString()!))
        {
            using var file = new ByteArrayContent("Demonstration. The licence register's entry for this agency, names of people blacked out.\n"u8.ToArray());
            file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            using var form = new MultipartFormDataContent
            {
                { new StringContent(indicator), "indicator" }, { new StringContent("Entry in the licence register"), "description" },
                { new StringContent("document"), "level" }, { new StringContent("true"), "redacted" }, { file, "file", "licence-register.txt" },
            };
            using var attached = await recruiter.PostAsync(new Uri($"{application}/evidence", UriKind.Relative), form, stop);
            await attached.Read(stop);
        }
    }

    private static async Task NameAuditor(Cast cast, string application, CancellationToken stop)
    {
        await cast.Auditor.Post($"{application}/conflict-declarations", new { hasConflict = false, statement = "No ties in the last two years.", signedAs = "Malee" }, stop);
        var declared = (await cast.Manager.Get(application, stop)).GetProperty("declarations")[0].GetProperty("auditorSubject").GetString();
        await cast.Manager.Post($"{application}/auditor", new { auditorSubject = declared }, stop);
    }

    private static async Task Audit(Scenario.Assessment story, HttpClient auditor, string application, string audit, JsonElement scheme, CancellationToken stop)
    {
        foreach (var criterion in Criteria(scheme).Select(c => c.GetProperty("code").GetString()!))
        {
            var (grade, text) = story.Minor is { } minor && minor.Criterion == criterion ? ("minor", minor.Text) : ("conform", story.Finding);
            await auditor.Put($"{audit}/findings/{criterion}", new { grade, text, evidenceLevel = "several_sources" }, stop);
        }
        // The demonstration does in a minute what takes weeks: its audit ends on the day on which its auditor was named.
        var named = (await auditor.Get(application, stop)).GetProperty("history").EnumerateArray().Last(h => h.GetProperty("to").GetString() == "audit_assigned").GetProperty("on").GetString();
        await auditor.Post($"{audit}/close", new { auditedOn = named, story.Summary, interviewsHeld = 24 }, stop);
    }

    private static IEnumerable<JsonElement> Criteria(JsonElement scheme) =>
        scheme.GetProperty("principles").EnumerateArray().SelectMany(p => p.GetProperty("criteria").EnumerateArray());

    /// <summary>Who plays in one assessment.</summary>
    private sealed record Cast(HttpClient Recruiter, HttpClient Manager, HttpClient Auditor, HttpClient Decider);
}
