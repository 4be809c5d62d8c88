using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.Recruiters;

public sealed class RecruiterPagesTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task Without_an_application_the_next_step_is_to_begin_one()
    {
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");

        var page = await pages.Client.GetStringAsync("/recruiters");
        var begun = await pages.Post("/recruiters", "/recruiters?handler=Begin",
            ("Scope.Origins", "MMR"), ("Scope.Destinations", "THA"), ("Scope.Origins", ""), ("Scope.Destinations", ""), ("Scope.Origins", "KHM"), ("Scope.Destinations", "THA"), ("Scope.Sectors", "C10"), ("Scope.Sectors", ""));

        Assert.Contains("Apply for an assessment", page, StringComparison.Ordinal);
        Assert.Contains("not endorsed by IOM", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Contains("""["MMR-THA","KHM-THA"],"sectors":["C10"]""", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Countries_and_sectors_are_chosen_by_name_and_half_a_corridor_is_told()
    {
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");

        var page = await pages.Client.GetStringAsync("/recruiters");
        var half = await pages.Post("/recruiters", "/recruiters?handler=Begin", ("Scope.Origins", "MMR"), ("Scope.Destinations", ""), ("Scope.Sectors", "C14"));

        Assert.Contains("<option value=\"MMR\">Myanmar</option>", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"C14\">Wearing apparel</option>", page, StringComparison.Ordinal);
        var told = await half.Content.ReadAsStringAsync();
        Assert.Contains("Choose for each corridor", told, StringComparison.Ordinal);
        Assert.Contains("<option value=\"MMR\" selected=\"selected\">", told, StringComparison.Ordinal); // what was chosen stays
        Assert.Empty(pages.Service.Calls);
    }

    [Theory]
    [InlineData("rejected", ""","history":[{"number":3,"from":"submitted","to":"rejected","at":"2026-03-01T08:00:00Z","reason":"No licence in force."}]""", "rejected at the review", "No licence in force.")]
    [InlineData("refused", ""","decidedOn":"2026-03-01","rationale":"Fees were taken from workers." """, "refused on 2026-03-01", "Fees were taken from workers.")]
    [InlineData("withdrawn", ""","history":[{"number":9,"from":"granted","to":"withdrawn","at":"2026-03-01T08:00:00Z","reason":"findings_not_closed","rationale":"Two fees are still owed."}]""", "status was withdrawn", "Findings not put right. Two fees are still owed.")]
    public async Task Whoever_was_turned_away_reads_why_above_the_form_for_a_new_application(string state, string extra, string ending, string reason)
    {
        pages.Service.Application(state, extra: extra);

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains(ending, page, StringComparison.Ordinal);
        Assert.True(page.IndexOf(reason, StringComparison.Ordinal) < page.IndexOf("Apply for an assessment", StringComparison.Ordinal), "the reason does not stand above the form");
        Assert.Contains(reason, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_began_anew_after_a_status_ended_sees_the_new_application()
    {
        var newer = Guid.CreateVersion7();
        pages.Service.Application("draft", missing: """[{"kind":"answer","indicator":"B1-01","sentence":"Answer this indicator."}]""");
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK,
            $$"""
            {"items":[{"id":"{{newer}}","auditId":"{{newer}}","recruiterName":"Saffron Bridge","country":"MMR","state":"granted","corridors":[],"answered":0,"indicators":2,"myTask":"none","publicStatus":"expired"}],"next":"more"}
            """);
        pages.Service.Answers["GET /api/v1/accreditation/applications?cursor=more"] = (HttpStatusCode.OK,
            $$"""
            {"items":[{"id":"{{Answering.Id}}","auditId":"{{Answering.Id}}","recruiterName":"Saffron Bridge","country":"MMR","state":"draft","corridors":[],"answered":0,"indicators":2,"myTask":"answer"}],"next":null}
            """);

        Assert.Contains("Go on with B: Conduct", await pages.Client.GetStringAsync("/recruiters"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_step_is_the_first_indicator_without_an_answer()
    {
        pages.Service.Application("draft", missing: """[{"kind":"answer","indicator":"B1-01","sentence":"Answer this indicator."}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("Go on with B: Conduct", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Send the application", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_application_can_be_sent()
    {
        pages.Service.Application("draft");

        var sent = await pages.Post("/recruiters", "/recruiters?handler=Submit");

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.EndsWith("/submit", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_saved_is_what_was_chosen_and_nothing_else()
    {
        pages.Service.Application("draft");

        var saved = await pages.Post("/recruiters/assessment/A", "/recruiters/assessment/A", ("value-A1-01", "partly"), ("note-A1-01", "Renewal under way."), ("then", "next"));

        Assert.Equal("/recruiters/assessment/B", saved.Headers.Location!.ToString());
        var body = Assert.Single(pages.Service.Calls).Body;
        Assert.Contains("\"value\":\"partly\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("B1-01", body, StringComparison.Ordinal);
    }

    private const string Sent = ""","answers":[{"indicator":"A1-01","value":"partly","why":null,"note":"Renewal is under way."}],"history":[{"number":2,"from":"draft","to":"submitted","at":"2026-03-01T08:00:00Z"}]""";

    [Fact]
    public async Task What_the_scheme_manager_asks_comes_first_and_how_to_send_the_application_again()
    {
        pages.Service.Application("deferred", extra: ""","deferredUntil":"2099-05-01","history":[{"number":3,"from":"submitted","to":"deferred","at":"2026-03-01T08:00:00Z","reason":"Attach the licence of this year."}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.True(page.IndexOf("The scheme manager asks: Attach the licence of this year.", StringComparison.Ordinal) is var asked and > 0 && asked < page.IndexOf("<h2>", StringComparison.Ordinal), "what is asked does not come first");
        Assert.Contains("then send it again by 2099-05-01", page, StringComparison.Ordinal);
        Assert.Contains(">Send the application again</button>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_for_it_is_over_it_says_who_goes_on_and_offers_no_sending()
    {
        pages.Service.Application("deferred", extra: ""","deferredUntil":"2026-05-01","deferralIsOver":true,"history":[{"number":3,"from":"submitted","to":"deferred","at":"2026-03-01T08:00:00Z","reason":"Attach the licence of this year."}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");
        pages.ReaderRoles = [Platform.Roles.SchemeManager];
        var manager = await pages.Client.GetStringAsync($"/auditors/scheme/application/{Answering.Id}");

        Assert.Contains("The time to send what was missing ended on 2026-05-01.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Send the application again</button>", page, StringComparison.Ordinal);
        Assert.Contains("was not sent by 2026-05-01. Defer it anew", manager, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"eligible\"", manager, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_something_missing_too_it_still_says_what_was_asked_and_what_comes_then()
    {
        pages.Service.Application("deferred", missing: """[{"kind":"answer","indicator":"B1-01","sentence":"Answer this indicator."}]""",
            extra: ""","deferredUntil":"2099-05-01","history":[{"number":3,"from":"submitted","to":"deferred","at":"2026-03-01T08:00:00Z","reason":"Say more on conduct."}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("The scheme manager asks: Say more on conduct.", page, StringComparison.Ordinal);
        Assert.Contains("Then send the application again by 2099-05-01.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_sending_the_answers_can_be_read_and_nothing_can_be_typed()
    {
        pages.Service.Application("submitted", extra: Sent);

        Assert.Contains($"href=\"/recruiters/assessment/A?application={Answering.Id}\"", await pages.Client.GetStringAsync("/recruiters"), StringComparison.Ordinal);
        var page = await pages.Client.GetStringAsync("/recruiters/assessment/A?saved=true");

        foreach (var words in (string[])["Sent on 2026-03-01.", "Answer: <strong>Partly</strong>", "Renewal is under way."]) Assert.Contains(words, page, StringComparison.Ordinal);
        foreach (var alive in (string[])["name=\"note-", "name=\"value-", ">Save<", "Saved."]) Assert.DoesNotContain(alive, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_page_that_saves_after_sending_is_told_so_and_what_was_typed_can_be_copied()
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters/assessment/A");
        pages.Service.Application("submitted", extra: Sent);

        var page = await SaveOn(token);

        Assert.Empty(pages.Service.Calls);
        Told(page);
    }

    [Fact]
    public async Task So_is_one_whose_application_is_sent_while_it_saves()
    {
        pages.Service.Application("draft");
        var token = await pages.Token("/recruiters/assessment/A");
        pages.Service.Answers[$"PUT /api/v1/accreditation/applications/{Answering.Id}/answers"] = (HttpStatusCode.PreconditionFailed, "{}");
        pages.Service.Asked = call => { if (call.StartsWith("PUT ", StringComparison.Ordinal)) pages.Service.Application("submitted", extra: Sent); };

        Told(await SaveOn(token));
    }

    private async Task<string> SaveOn(string token)
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("value-A1-01", "partly"), new("note-A1-01", "Words of the second page.")]);
        return await (await pages.Client.PostAsync("/recruiters/assessment/A", form)).Content.ReadAsStringAsync();
    }

    private static void Told(string page)
    {
        Assert.Contains("The application was sent meanwhile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("enter your change", page, StringComparison.Ordinal);
        Assert.Contains("Words of the second page.", page, StringComparison.Ordinal);
        Assert.Contains("Sent on 2026-03-01.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_service_refuses()
    {
        pages.Service.Application("draft");
        pages.Service.Answers[$"PUT /api/v1/accreditation/applications/{Answering.Id}/answers"] = (HttpStatusCode.Conflict, """{"detail":"This application has been sent."}""");

        var page = await (await pages.Post("/recruiters/assessment/A", "/recruiters/assessment/A", ("value-A1-01", "not"), ("note-A1-01", "Kept words"))).Content.ReadAsStringAsync();

        Assert.Contains("This application has been sent.", page, StringComparison.Ordinal);
        Assert.Contains("Kept words", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/recruiters", "?handler=Submit", "/submit", "then=")]
    [InlineData("/recruiters/assessment/A", "", "/answers", "value-A1-01=partly")]
    public async Task A_form_goes_under_a_key_of_its_own_and_with_the_version_that_was_read(string page, string handler, string call, string fields)
    {
        pages.Service.Application("draft");
        var form = await pages.Client.GetStringAsync(page);

        await Send(page + handler, form, fields);
        await Send(page + handler, form, fields);
        await Send(page + handler, await pages.Client.GetStringAsync(page), fields);

        var sent = pages.Service.Guards;
        Assert.Equal(3, sent.Count);
        Assert.All(sent, s => Assert.EndsWith(call, s.Call, StringComparison.Ordinal));
        Assert.All(sent, s => Assert.Equal("\"7\"", s.IfMatch));
        Assert.Matches("^[0-9A-F]{32}$", sent[0].Key);
        Assert.Equal(sent[0].Key, sent[1].Key);
        Assert.NotEqual(sent[0].Key, sent[2].Key);
    }

    [Fact]
    public async Task Answers_to_what_a_colleague_has_changed_since_are_refused_and_stay_on_the_page()
    {
        pages.Service.Application("draft");
        var form = await pages.Client.GetStringAsync("/recruiters/assessment/A");
        pages.Service.Answers[$"PUT /api/v1/accreditation/applications/{Answering.Id}/answers"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var page = await (await Send("/recruiters/assessment/A", form, "value-A1-01=not&note-A1-01=Kept+words")).Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed this after you opened the page.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kept words\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"not\" checked=\"checked\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Once.Version\" value=\"7\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_a_colleague_has_changed_since_is_not_sent_unseen()
    {
        pages.Service.Application("draft");
        var form = await pages.Client.GetStringAsync("/recruiters");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/submit"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var page = await (await Send("/recruiters?handler=Submit", form, "then=")).Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed this after you opened the page.", page, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Send(string address, string form, string fields)
    {
        string Hidden(string name) => Regex.Match(form, $"name=\"{Regex.Escape(name)}\"[^>]* value=\"([^\"]+)\"").Groups[1].Value;
        var guards = string.Join('&', new[] { "__RequestVerificationToken", "Once.Key", "Once.Version" }.Select(name => $"{name}={Uri.EscapeDataString(Hidden(name))}"));
        return pages.Client.PostAsync(address, new StringContent($"{fields}&{guards}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));
    }

    [Fact]
    public async Task A_file_goes_through_with_its_fields_but_without_its_name_or_the_token()
    {
        pages.Service.Application("draft");
        var page = await pages.Client.GetStringAsync("/recruiters/evidence");
        Assert.Contains("Black out personal data first", page, StringComparison.Ordinal);

        var sent = await pages.Client.PostAsync("/recruiters/evidence", Form(await pages.Token("/recruiters/evidence")));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var body = Assert.Single(pages.Service.Calls).Body;
        Assert.Contains("licence-bytes", body, StringComparison.Ordinal);
        Assert.Contains("A1-01", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Daw Khin", body, StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_leaves_what_was_typed_but_asks_anew_whether_it_is_blacked_out()
    {
        pages.Service.Application("draft");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/evidence"] = (HttpStatusCode.BadRequest, """{"detail":"This kind of file is not accepted."}""");

        var answer = await pages.Client.PostAsync("/recruiters/evidence", Form(await pages.Token("/recruiters/evidence"), level: "records"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("This kind of file is not accepted.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Licence\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"records\" selected=\"selected\">", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"A1-01\" selected=\"selected\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_file_says_until_when_it_is_kept_and_a_destroyed_one_when_it_went()
    {
        pages.Service.Application("granted", extra: Answering.Basis);
        var kept = await pages.Client.GetStringAsync("/recruiters/evidence");
        pages.Service.Application("granted", extra: Answering.Basis.Replace("\"destroyOn\":", "\"destroyedOn\":\"2028-11-25\",\"destroyOn\":", StringComparison.Ordinal));
        var gone = await pages.Client.GetStringAsync("/recruiters/evidence");

        Assert.Contains("Its content is destroyed on 2028-11-25.", kept, StringComparison.Ordinal);
        Assert.Contains("handler=File", kept, StringComparison.Ordinal);
        Assert.Contains("The content was destroyed on 2028-11-25", gone, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=File", gone, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public async Task A_file_that_is_far_too_large_is_answered_with_the_page_and_what_was_typed(int megabytes)
    {
        pages.Service.Application("draft");
        using var form = Form(await pages.Token("/recruiters/evidence"), file: new StreamContent(new Zeros((long)megabytes << 20)));

        var answer = await pages.Client.PostAsync("/recruiters/evidence", form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("One file may have 32 MB at most", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Licence\"", page, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task What_a_draft_covers_is_shown_and_corrected_from_the_version_that_was_read()
    {
        pages.Service.Application("draft");

        var first = await pages.Client.GetStringAsync("/recruiters");
        var page = await pages.Client.GetStringAsync("/recruiters/corridors");
        var saved = await Send("/recruiters/corridors", page, "Scope.Origins=KHM&Scope.Destinations=THA&Scope.Origins=&Scope.Destinations=&Scope.Sectors=A01&Scope.Sectors=");

        Assert.Contains("href=\"/recruiters/corridors\"", first, StringComparison.Ordinal);
        Assert.Contains("<option value=\"MMR\" selected=\"selected\">", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"C10\" selected=\"selected\">", page, StringComparison.Ordinal);
        Assert.Equal("/recruiters", saved.Headers.Location?.OriginalString);
        Assert.Equal(($"PUT /api/v1/accreditation/applications/{Answering.Id}/scope", """{"corridors":["KHM-THA"],"sectors":["A01"]}"""), Assert.Single(pages.Service.Calls));
        Assert.Equal("\"7\"", Assert.Single(pages.Service.Guards).IfMatch);
    }

    [Fact]
    public async Task What_an_application_covers_is_not_offered_for_change_after_it_was_sent()
    {
        pages.Service.Application("submitted");

        Assert.DoesNotContain("/recruiters/corridors", await pages.Client.GetStringAsync("/recruiters"), StringComparison.Ordinal);
        Assert.DoesNotContain("<select", await pages.Client.GetStringAsync("/recruiters/corridors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corridor_within_one_country_is_asked_about_before_it_is_sent()
    {
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
        (string, string)[] chosen = [("Scope.Origins", "MMR"), ("Scope.Destinations", "MMR"), ("Scope.Sectors", "C10")];

        var asked = await (await pages.Post("/recruiters", "/recruiters?handler=Begin", chosen)).Content.ReadAsStringAsync();
        Assert.Contains("begins and ends in the same country", asked, StringComparison.Ordinal);
        Assert.Contains("name=\"Scope.Within\"", asked, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);

        await pages.Post("/recruiters", "/recruiters?handler=Begin", [.. chosen, ("Scope.Within", "true")]);
        Assert.Contains("MMR-MMR", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_upload_never_reaches_the_service()
    {
        pages.Service.Application("draft");

        var answer = await pages.Client.PostAsync("/recruiters/evidence", Form("forged"));

        Assert.Contains("open too long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    private static MultipartFormDataContent Form(string token, string level = "document", HttpContent? file = null) => new()
    {
        { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("A1-01"), "indicator" }, { new StringContent("Licence"), "description" },
        { new StringContent(level), "level" }, { new StringContent("true"), "redacted" },
        { file ?? new ByteArrayContent("licence-bytes"u8.ToArray()), "file", "Daw Khin passport.pdf" },
    };
}
