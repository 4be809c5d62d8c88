using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Recruitment.Identity.Tests.Provisioning;

/// <summary>Requests as directories send them.</summary>
internal static class Scim
{
    public const string Root = "api/v1/identity/scim/v2";

    public static Task<HttpResponseMessage> Post(this HttpClient directory, string path, string json) => directory.PostAsync($"{Root}/{path}", Body(json));

    public static Task<HttpResponseMessage> Put(this HttpClient directory, string path, string json) => directory.PutAsync($"{Root}/{path}", Body(json));

    public static Task<HttpResponseMessage> Patch(this HttpClient directory, string path, string json) => directory.PatchAsync($"{Root}/{path}", Body(json));

    public static Task<JsonElement> Get(this HttpClient directory, string path) => directory.GetFromJsonAsync<JsonElement>($"{Root}/{path}");

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Makes a user; the answer is its id.</summary>
    public static async Task<string> User(this HttpClient directory, string userName)
    {
        using var made = await directory.Post("Users", $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}","active":true}""");
        Assert.Equal(System.Net.HttpStatusCode.Created, made.StatusCode);
        return (await made.Json()).GetProperty("id").GetString()!;
    }

    public static async Task<string> Group(this HttpClient directory, string name, params string[] members)
    {
        var list = string.Join(',', members.Select(m => $$"""{"value":"{{m}}"}"""));
        using var made = await directory.Post("Groups", $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{name}}","members":[{{list}}]}""");
        Assert.Equal(System.Net.HttpStatusCode.Created, made.StatusCode);
        return (await made.Json()).GetProperty("id").GetString()!;
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/scim+json"));
}
