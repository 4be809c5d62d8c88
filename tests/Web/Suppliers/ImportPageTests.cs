using System.Net;
using System.Net.Http.Headers;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

public sealed class ImportPageTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Id = "0198f0c0-0000-7000-8000-0000000000f2";
    private const string Call = "/api/v1/suppliers/imports?fileName=list.csv";

    [Fact]
    public async Task A_list_is_passed_on_as_it_arrives_and_its_page_opens()
    {
        pages.Service.Answers["/api/v1/suppliers/imports"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
        pages.Service.Answers[Call] = (HttpStatusCode.Accepted, """{"id":"0198f0c0-0000-7000-8000-0000000000f1","status":"received"}""");

        var answer = await Upload(await pages.Token("/brands/imports"), "Name,Country\nMade-up Mill,TH\n", "0123456789ABCDEF0123456789ABCDEF");

        Assert.Equal((HttpStatusCode.Redirect, "/brands/imports/0198f0c0-0000-7000-8000-0000000000f1"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains(pages.Service.Calls, c => c.Call == $"POST {Call}" && c.Body == "Name,Country\nMade-up Mill,TH\n");
        Assert.Contains(pages.Service.Guards, g => g == ($"POST {Call}", "0123456789ABCDEF0123456789ABCDEF", null));
        Assert.Matches("<form [^>]*enctype=\"multipart/form-data\"[^>]*>(\\s*<input [^>]*>)*\\s*<input type=\"hidden\" name=\"Once.Key\"", await pages.Client.GetStringAsync(new Uri("/brands/imports", UriKind.Relative)));
    }

    [Fact]
    public async Task A_list_from_a_form_that_is_not_ours_is_not_passed_on()
    {
        var before = pages.Service.Calls.Count;

        var answer = await Upload("made up", "Name,Country\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, pages.Service.Calls.Count);
    }

    [Fact]
    public async Task What_is_no_list_is_told_on_the_page_in_the_sentence_of_the_service()
    {
        pages.Service.Answers["/api/v1/suppliers/imports"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
        pages.Service.Answers[Call] = (HttpStatusCode.UnsupportedMediaType, """{"type":"urn:recruitment:is-pdf","detail":"This is a PDF. Ask for the list as a spreadsheet."}""");

        var answer = await Upload(await pages.Token("/brands/imports"), "%PDF-1.7");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This is a PDF.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_list_is_read_no_row_is_shown_that_the_figures_do_not_count_yet()
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import("reading", rowsTotal: "5", read: 2, accepted: 1, refused: 1));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, $$"""{"rows":[{{Row(2)}},{{Row(4)}}],"next":4}""");

        var page = await pages.Client.GetStringAsync(new Uri($"/brands/imports/{Id}", UriKind.Relative));

        Assert.Contains("2 of 5 rows read: 1 accepted, 1 refused.", page, StringComparison.Ordinal);
        Assert.Contains("Made-up Mill 2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Made-up Mill 4", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_long_ago_are_reached_from_page_to_page()
    {
        pages.Service.Answers["/api/v1/suppliers/imports"] = (HttpStatusCode.OK, $$"""{"items":[{{Import("done", rowsTotal: "1", read: 1, accepted: 1, refused: 0)}}],"next":"0123"}""");
        pages.Service.Answers["/api/v1/suppliers/imports?cursor=0123"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");

        var first = await pages.Client.GetStringAsync(new Uri("/brands/imports", UriKind.Relative));
        var second = await pages.Client.GetStringAsync(new Uri("/brands/imports?after=0123", UriKind.Relative));

        Assert.Contains("<a href=\"/brands/imports?after=0123\" rel=\"next\">", first, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", first, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/brands/imports\" rel=\"prev\">", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_with_a_made_up_page_shows_the_first()
    {
        pages.Service.Answers["/api/v1/suppliers/imports"] = (HttpStatusCode.OK, $$"""{"items":[{{Import("done", rowsTotal: "1", read: 1, accepted: 1, refused: 0)}}],"next":null}""");
        pages.Service.Answers["/api/v1/suppliers/imports?cursor=made%20up"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:unknown-cursor"}""");

        var page = await pages.Client.GetStringAsync(new Uri("/brands/imports?after=made%20up", UriKind.Relative));

        Assert.Contains($"/brands/imports/{Id}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_of_a_list_that_was_read_add_up()
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import("done", rowsTotal: "9", read: 9, accepted: 7, refused: 2, added: 1, changed: 2));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, """{"rows":[],"next":null}""");

        var page = await pages.Client.GetStringAsync(new Uri($"/brands/imports/{Id}", UriKind.Relative));

        Assert.Contains("<strong>7</strong> rows accepted, <strong>2</strong> refused, of 9 rows read.", page, StringComparison.Ordinal);
        Assert.Contains("1 is new to you, 2 say something else than before, and 4 changed nothing.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_could_not_be_read_is_removed_from_the_page()
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import("failed", rowsTotal: "null", read: 0, accepted: 0, refused: 0));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, """{"rows":[],"next":null}""");
        var token = await pages.Token($"/brands/imports/{Id}");
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.NoContent, "");

        var answer = await pages.Client.PostAsync(new Uri($"/brands/imports/{Id}?handler=Remove", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token }));

        Assert.Equal((HttpStatusCode.Redirect, "/brands/imports"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains(pages.Service.Calls, c => c.Call == $"DELETE /api/v1/suppliers/imports/{Id}");
    }

    [Theory]
    [InlineData("received", true)]
    [InlineData("reading", true)]
    [InlineData("taking_back", true)]
    [InlineData("done", false)]
    [InlineData("taken_back", false)]
    [InlineData("failed", false)]
    public async Task The_page_loads_itself_again_while_something_goes_on_and_stops_then(string status, bool loads)
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import(status, rowsTotal: "1", read: 1, accepted: 1, refused: 0));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, """{"rows":[],"next":null}""");

        var answer = await pages.Client.GetAsync(new Uri($"/brands/imports/{Id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(loads, answer.Headers.Contains("Refresh"));
    }

    [Fact]
    public async Task One_row_is_one_row_and_its_number_is_named_on_a_small_screen()
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import("done", rowsTotal: "1", read: 1, accepted: 1, refused: 0, added: 1));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, $$"""{"rows":[{{Row(1)}}],"next":null}""");

        var page = await pages.Client.GetStringAsync(new Uri($"/brands/imports/{Id}", UriKind.Relative));

        Assert.Contains("<strong>1</strong> row accepted, <strong>0</strong> refused, of 1 row read.", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\" data-label=\"Row\">1</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_list_is_taken_back_the_page_says_what_will_happen()
    {
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}"] = (HttpStatusCode.OK, Import("done", rowsTotal: "9", read: 9, accepted: 9, refused: 0));
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/rows?accepted=False&cursor=0"] = (HttpStatusCode.OK, """{"rows":[],"next":null}""");
        pages.Service.Answers[$"/api/v1/suppliers/imports/{Id}/taking-back"] = (HttpStatusCode.OK, """{"sites":7,"suppliers":1,"sharingSuppliers":1,"stayingRows":2}""");
        Assert.Contains($"href=\"/brands/imports/{Id}/take-back\"", await pages.Client.GetStringAsync(new Uri($"/brands/imports/{Id}", UriKind.Relative)), StringComparison.Ordinal);

        var page = await pages.Client.GetStringAsync(new Uri($"/brands/imports/{Id}/take-back", UriKind.Relative));
        var answer = await pages.Client.PostAsync(new Uri($"/brands/imports/{Id}/take-back", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await pages.Token($"/brands/imports/{Id}/take-back") }));

        Assert.Contains("7 sites that only this list names leave your view.", page, StringComparison.Ordinal);
        Assert.Contains("1 supplier of which you then list no site leaves your view too.", page, StringComparison.Ordinal);
        Assert.Contains("1 of them shares its answers with you; that ends.", page, StringComparison.Ordinal);
        Assert.Contains("2 rows name sites that stay", page, StringComparison.Ordinal);
        Assert.Contains("its sector, vendor number, number of workers and position, until a newer list says something else", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, $"/brands/imports/{Id}"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains(pages.Service.Calls, c => c.Call == $"POST /api/v1/suppliers/imports/{Id}/taking-back");
    }

    private static string Import(string status, string rowsTotal, int read, int accepted, int refused, int added = 0, int changed = 0) =>
        $$"""
        {"id":"{{Id}}","fileName":"list.csv","status":"{{status}}","rowsTotal":{{rowsTotal}},"rowsRead":{{read}},"accepted":{{accepted}},"refused":{{refused}},
         "added":{{added}},"changed":{{changed}},"problem":"No header.","createdAt":"2026-02-01T08:00:00Z"}
        """;

    private static string Row(int number) => $$"""{"number":{{number}},"name":"Made-up Mill {{number}}","country":"","address":"","column":"Country","code":"country-missing","sentence":"Add it."}""";

    private async Task<HttpResponseMessage> Upload(string token, string content, string key = "")
    {
        using var file = new StringContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(key), "Once.Key" }, { file, "list", "list.csv" } };
        return await pages.Client.PostAsync(new Uri("/brands/imports", UriKind.Relative), form);
    }
}
