using System.Net;
using System.Net.Http.Headers;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

public sealed class ImportPageTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Call = "/api/v1/suppliers/imports?fileName=list.csv";

    [Fact]
    public async Task A_list_is_passed_on_as_it_arrives_and_its_page_opens()
    {
        pages.Service.Answers["/api/v1/suppliers/imports"] = (HttpStatusCode.OK, "[]");
        pages.Service.Answers[Call] = (HttpStatusCode.Accepted, """{"id":"0198f0c0-0000-7000-8000-0000000000f1","status":"received"}""");

        var answer = await Upload(await pages.Token("/brands/imports"), "Name,Country\nMade-up Mill,TH\n");

        Assert.Equal((HttpStatusCode.Redirect, "/brands/imports/0198f0c0-0000-7000-8000-0000000000f1"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains(pages.Service.Calls, c => c.Call == $"POST {Call}" && c.Body == "Name,Country\nMade-up Mill,TH\n");
    }

    [Fact]
    public async Task A_list_from_a_form_that_is_not_ours_is_not_passed_on()
    {
        var before = pages.Service.Calls.Count;

        var answer = await Upload("made up", "Name,Country\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, pages.Service.Calls.Count);
    }

    private async Task<HttpResponseMessage> Upload(string token, string content)
    {
        using var file = new StringContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { file, "list", "list.csv" } };
        return await pages.Client.PostAsync(new Uri("/brands/imports", UriKind.Relative), form);
    }
}
