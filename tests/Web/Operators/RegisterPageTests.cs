using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed partial class RegisterPageTests : IAsyncLifetime
{
    private const string Page = "/operators/register";
    private const string Search = "GET /api/v1/suppliers/parties?query=Umber%20Heron%20Mill";
    private const string SearchByBeginning = "GET /api/v1/suppliers/parties?query=umber%20heron";
    private const string SearchByLongest = "GET /api/v1/suppliers/parties?query=umber";
    private readonly PagesOfAssessment pages = new();

    public async ValueTask InitializeAsync()
    {
        await pages.InitializeAsync();
        foreach (var search in new[] { Search, SearchByBeginning, SearchByLongest }) pages.Service.Answers[search] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task An_organisation_is_registered_and_its_first_person_invited_next()
    {
        var id = await Form();
        Registered(id, "");

        var answer = await Send(id, "Umber Heron Mill");

        Assert.Equal($"/operators?party={id}#invite", answer.Headers.Location!.ToString());
        var (call, body) = Assert.Single(pages.Service.Calls, c => !c.Call.Contains("?query=", StringComparison.Ordinal));
        Assert.Equal($"PUT /api/v1/suppliers/parties/{id}", call);
        Assert.Equal("""{"kind":"supplier","name":"Umber Heron Mill","country":"THA"}""", body);
    }

    [Fact]
    public async Task The_same_form_sent_twice_registers_under_one_id()
    {
        var id = await Form();
        Registered(id, "");
        await Send(id, "Umber Heron Mill");
        Registered(id, $$"""{"id":"{{id}}","kind":"supplier","name":"Umber Heron Mill","country":"THA","ownerPartyId":"{{Guid.NewGuid()}}","version":3}""");

        var again = await Send(id, "Umber Heron Mill");

        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal([null, "\"3\""], pages.Service.Guards.Where(g => g.Call.StartsWith("PUT ", StringComparison.Ordinal)).Select(g => g.IfMatch));
        Assert.All(pages.Service.Calls, c => Assert.DoesNotContain("ownerPartyId", c.Body, StringComparison.Ordinal));
        Assert.Equal($"PUT /api/v1/suppliers/parties/{id}", Assert.Single(pages.Service.Calls.Select(c => c.Call).Where(c => !c.Contains("?query=", StringComparison.Ordinal)).Distinct()));
    }

    [Fact]
    public async Task A_form_sent_while_a_colleague_corrects_what_it_registered_says_so()
    {
        var id = await Form();
        Registered(id, $$"""{"id":"{{id}}","kind":"supplier","name":"Umber Heron Mill","country":"THA","version":3}""");
        pages.Service.Answers[$"PUT /api/v1/suppliers/parties/{id}"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var page = await (await Send(id, "Umber Heron Mill")).Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed this after you opened the page", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_reached_again_does_not_rename_what_it_registered()
    {
        var id = await Form();
        Registered(id, $$"""{"id":"{{id}}","kind":"supplier","name":"Umber Heron Mill","country":"THA"}""");

        var page = await (await Send(id, "Ochre Ibis Mill")).Content.ReadAsStringAsync();

        Assert.Empty(pages.Service.Calls);
        Assert.Contains("Umber Heron Mill was registered with this form", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ochre Ibis Mill\"", page, StringComparison.Ordinal);
        Assert.NotEqual(id, IdField().Match(page).Groups[1].Value);
    }

    [Fact]
    public async Task One_that_is_here_already_is_named_and_registered_again_only_when_said_to_be_another()
    {
        var (id, here) = (await Form(), Guid.NewGuid());
        Registered(id, "");
        pages.Service.Answers[Search] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{here}}","kind":"supplier","name":"UMBER-HERON Mill","country":"THA"}],"next":null}""");

        var asked = await (await Send(id, "Umber Heron Mill")).Content.ReadAsStringAsync();
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.StartsWith("PUT", StringComparison.Ordinal));
        var other = await pages.Post(Page, Page, ("id", id), ("name", "Umber Heron Mill"), ("kind", "supplier"), ("country", "THA"), ("isAnother", "true"));

        Assert.Contains("UMBER-HERON Mill is here already", asked, StringComparison.Ordinal);
        Assert.Contains($"/operators?party={here}#invite", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.Equal($"PUT /api/v1/suppliers/parties/{id}", pages.Service.Calls[^1].Call);
    }

    [Theory]
    [InlineData("Umber Heron Mill Co., Ltd.", "Umber Heron Mill")]
    [InlineData("Umber Heron Mill", "Umber Heron Mill Company Limited")]
    [InlineData("Amber Kiln Works Co., Ltd.", "Amber Kiln Works Company Limited")]
    [InlineData("Amber Kiln Works Co., Ltd.", "Amber Kiln Works PLC")]
    [InlineData("Amber Kiln Works Co.,Ltd.", "Amber Kiln Works P.L.C.")]
    [InlineData("Amber Kiln Works Sdn. Bhd.", "Amber Kiln Works Pte Ltd")]
    [InlineData("Umber GmbH & Co. KG", "Umber AG")]
    [InlineData("Hoa Sua Company Limited", "Hoa Sua")]
    [InlineData("Hoa Sua", "Hoa Sua Company Limited")]
    [InlineData("Công ty TNHH Hoa Sữa", "Hoa Sua JSC")]
    [InlineData("Công ty Cổ phần Hoa Sữa", "CÔNG TY TNHH MTV HOA SỮA")]
    [InlineData("บริษัท มะขาม จำกัด", "มะขาม")]
    [InlineData("มะขาม", "บริษัทมะขาม จำกัด (มหาชน)")]
    [InlineData("บจก. ดอกไม้", "ห้างหุ้นส่วนจำกัด ดอกไม้")]
    [InlineData("บ.จ.ก. ดอกไม้", "หจก.ดอกไม้")]
    [InlineData("ດອກຈຳປາ", "ບໍລິສັດ ດອກຈຳປາ ຈຳກັດ")]
    [InlineData("Rose & Thorn", "Rose and Thorn Ltd")]
    [InlineData("ดอกไม้และใบ", "ดอกไม้ & ใบ")]
    public async Task A_name_that_differs_by_its_legal_form_alone_is_asked_about(string here, string typed)
    {
        var id = await Form();
        Registered(id, "");
        Here(here);

        var asked = WebUtility.HtmlDecode(await (await Send(id, typed)).Content.ReadAsStringAsync());

        Assert.Contains($"{here} is here already", asked, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hoa Sua Company Limited", "Hoa Mai Company Limited")]
    [InlineData("บริษัท มะขาม จำกัด", "บริษัท มะนาว จำกัด")]
    [InlineData("Company Limited", "Limited")]
    [InlineData("Texaco", "Texa")]
    public async Task Names_that_share_only_their_legal_form_are_not_the_same(string here, string typed)
    {
        var id = await Form();
        Registered(id, "");
        Here(here);

        Assert.Equal(HttpStatusCode.Redirect, (await Send(id, typed)).StatusCode);
    }

    [Theory]
    [InlineData("brand", "Umber Heron Mill", "THA")]
    [InlineData("supplier", "Umber Egret Mill", "THA")]
    [InlineData("supplier", "Umber Heron Mill", "VNM")]
    public async Task Another_kind_name_or_country_is_no_namesake(string kind, string name, string country)
    {
        var id = await Form();
        Registered(id, "");
        pages.Service.Answers[Search] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Guid.NewGuid()}}","kind":"{{kind}}","name":"{{name}}","country":"{{country}}"}],"next":null}""");

        Assert.Equal(HttpStatusCode.Redirect, (await Send(id, "Umber Heron Mill")).StatusCode);
    }

    [Theory]
    [InlineData("", "supplier", "THA", "Give the name")]
    [InlineData("Umber Heron Mill", "operator", "THA", "Choose what kind")]
    [InlineData("Umber Heron Mill", "supplier", "", "Choose its country")]
    public async Task What_is_missing_is_said_and_nothing_is_sent(string name, string kind, string country, string sentence)
    {
        var page = await (await Send(await Form(), name, kind, country)).Content.ReadAsStringAsync();

        Assert.Contains(sentence, page, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_sentence_of_the_service_and_what_was_typed_stays()
    {
        var id = await Form();
        Registered(id, "");
        pages.Service.Answers[$"PUT /api/v1/suppliers/parties/{id}"] = (HttpStatusCode.BadRequest, """{"detail":"This country is not known."}""");

        var page = await (await Send(id, "Umber Heron Mill")).Content.ReadAsStringAsync();

        Assert.Contains("This country is not known.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Umber Heron Mill\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"supplier\" selected=\"selected\">", page, StringComparison.Ordinal);
    }

    /// <summary>One that the directory finds as it does: whoever asks for a part of its name.</summary>
    private void Here(string name) => pages.Service.Asked = call =>
    {
        const string search = "GET /api/v1/suppliers/parties?query=";
        if (!call.StartsWith(search, StringComparison.Ordinal)) return;
        var found = Letters(name).Contains(Letters(Uri.UnescapeDataString(call[search.Length..])), StringComparison.Ordinal)
            ? $$"""{"id":"{{Guid.NewGuid()}}","kind":"supplier","name":"{{name}}","country":"THA"}""" : "";
        pages.Service.Answers[call] = (HttpStatusCode.OK, $$"""{"items":[{{found}}],"next":null}""");
    };

    private static string Letters(string name) => string.Concat(name.Normalize(System.Text.NormalizationForm.FormKD)
        .Where(c => char.IsLetterOrDigit(c) || (c > '\u0e00' && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark))).ToLowerInvariant();

    private async Task<string> Form() => IdField().Match(await pages.Client.GetStringAsync(Page)).Groups[1].Value;

    private void Registered(string id, string organisation) =>
        pages.Service.Answers[$"GET /api/v1/suppliers/parties?ids={id}"] = (HttpStatusCode.OK, $$"""{"items":[{{organisation}}],"next":null}""");

    private Task<HttpResponseMessage> Send(string id, string name, string kind = "supplier", string country = "THA") =>
        pages.Post(Page, Page, ("id", id), ("name", name), ("kind", kind), ("country", country));

    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex IdField();
}
