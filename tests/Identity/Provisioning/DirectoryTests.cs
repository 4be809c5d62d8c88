using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Identity.Tests.SingleSignOn;

namespace Recruitment.Identity.Tests.Provisioning;

/// <summary>An organisation's directory says who works for it: requests as large providers send them.</summary>
public sealed class DirectoryTests(OrganisationApp app) : IClassFixture<OrganisationApp>, IAsyncLifetime
{
    private HttpClient owner = null!;
    private HttpClient directory = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, directory) = (await app.Owner(), await app.Directory());
        await app.Prove("marisol-pine.example", owner);
        await OrganisationApp.SayRoles(owner, ofAll: null, ("Supply chain", "brand_analyst"));
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string New() => $"p{Guid.CreateVersion7():N}@marisol-pine.example";

    [Fact]
    public async Task A_user_with_everything_that_a_provider_knows_is_made_and_only_the_address_is_kept()
    {
        var name = New();

        using var made = await directory.Post("Users", $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"externalId":"ext-{{name}}","userName":"{{name}}","active":true,
             "displayName":"Somebody Else","emails":[{"primary":true,"type":"work","value":"{{name}}"}],"meta":{"resourceType":"User"},"name":{"formatted":"Somebody Else","familyName":"Else","givenName":"Somebody"},
             "locale":"th","title":"Buyer","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7","department":"Buying"} }
            """);
        var text = await made.Content.ReadAsStringAsync();
        var body = JsonDocument.Parse(text).RootElement;

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("application/scim+json", made.Content.Headers.ContentType!.MediaType);
        Assert.Equal(made.Headers.Location!.ToString(), body.GetProperty("meta").GetProperty("location").GetString());
        Assert.Equal(name, body.GetProperty("userName").GetString());
        Assert.DoesNotContain("Somebody", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_only_says_an_address_is_not_whom_the_directory_means_and_loses_it()
    {
        const string Password = "four quiet words here";
        var name = New();
        var stranger = await app.SayAddress(name, Password);

        await directory.User(name);

        Assert.NotEqual(stranger, (await app.Person(name))!.Value.GetProperty("id").GetString());
        using var browser = app.Browser();
        using var answer = await IdentityApp.SignIn(browser, name, Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_come_with_a_group_and_go_with_it()
    {
        var name = New();
        var user = await directory.User(name);
        var before = await app.RolesOf(name);
        var group = await directory.Group("Supply chain", user);
        var within = await app.RolesOf(name);

        using var removed = await directory.Patch($"Groups/{group}", $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Remove","path":"members","value":[{"value":"{{user}}"}]}]}""");
        var after = await app.RolesOf(name);
        using var gone = await directory.DeleteAsync($"{Scim.Root}/Groups/{group}");

        Assert.Empty(before);
        Assert.Equal(["brand_analyst"], within);
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Empty(after);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    /// <summary>The ways in which large providers say that somebody has left.</summary>
    public static TheoryData<string> Leavings =>
    [
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":false}}]}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","value":{"active":false}}]}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"operations":[{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:active","value":false}]}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User":{"active":false}}}]}""",
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"name.familyName","value":"Gone"},{"op":"Replace","path":"Active","value":"false"}]}""",
    ];

    [Theory]
    [MemberData(nameof(Leavings))]
    public async Task Whoever_leaves_has_no_role_any_more_however_it_is_said(string patch)
    {
        var name = New();
        var user = await directory.User(name);
        var group = await directory.Group("Supply chain", user);

        using var left = await directory.Patch($"Users/{user}", patch);
        var roles = await app.RolesOf(name);
        using var gone = await directory.DeleteAsync($"{Scim.Root}/Groups/{group}");

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.False((await left.Json()).GetProperty("active").GetBoolean());
        Assert.Empty(roles);
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"replace","path":"active","value":"no"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"replace","path":"active[value eq true]","value":false}]}""", "invalidPath")]
    [InlineData("""{"Operations":[{"op":"remove","path":"active"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"remove"}]}""", "noTarget")]
    [InlineData("""{"Operations":[{"op":"move","path":"active","value":false}]}""", "invalidSyntax")]
    [InlineData("""{"Operations":[]}""", "invalidSyntax")]
    [InlineData("""{"active":false}""", "invalidSyntax")]
    [InlineData("[]", "invalidSyntax")]
    [InlineData("not json", "invalidSyntax")]
    public async Task A_change_that_is_not_understood_is_refused_and_nothing_of_it_is_done(string patch, string why)
    {
        var user = await directory.User(New());

        using var refused = await directory.Patch($"Users/{user}", patch);
        var error = await refused.Json();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(why, error.GetProperty("scimType").GetString());
        Assert.Equal("400", error.GetProperty("status").GetString());
        Assert.True((await directory.Get($"Users/{user}")).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_replacement_that_does_not_say_active_lets_nobody_in_again()
    {
        var name = New();
        var user = await directory.User(name);
        using var left = await directory.Patch($"Users/{user}", """{"Operations":[{"op":"replace","path":"active","value":false}]}""");

        using var replaced = await directory.Put($"Users/{user}", $$"""{"userName":"{{name}}","externalId":"e-{{user}}"}""");

        Assert.False((await replaced.Json()).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_directory_looks_for_a_user_before_it_makes_one_and_finds_it_in_any_capitals()
    {
        var name = New();
        var nobody = await directory.Get($"Users?filter=userName%20eq%20%22{name}%22&startIndex=1&count=1");
        var user = await directory.User(name);

        var found = await directory.Get($"Users?filter=userName%20eq%20%22{name.ToUpperInvariant()}%22");
        using var twice = await directory.Post("Users", $$"""{"userName":"{{name.ToUpperInvariant()}}"}""");

        Assert.Equal(0, nobody.GetProperty("totalResults").GetInt32());
        Assert.Equal(user, Assert.Single(found.GetProperty("Resources").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal("uniqueness", (await twice.Json()).GetProperty("scimType").GetString());
    }

    [Theory]
    [InlineData("userName sw \"a\"")]
    [InlineData("userName eq \"a\" or userName eq \"b\"")]
    [InlineData("password eq \"a\"")]
    [InlineData("userName eq")]
    public async Task A_filter_that_is_not_understood_is_refused_for_a_wrong_answer_would_make_somebody_twice(string filter)
    {
        using var refused = await directory.GetAsync($"{Scim.Root}/Users?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("invalidFilter", (await refused.Json()).GetProperty("scimType").GetString());
    }

    [Fact]
    public async Task Whom_another_domain_knows_is_nobody_of_this_directory()
    {
        using var refused = await directory.Post("Users", """{"userName":"admin@open-hand.example"}""");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain("brand_analyst", await app.RolesOf("admin@open-hand.example"));
    }

    [Fact]
    public async Task A_patch_that_would_remove_the_last_owner_is_refused_whole()
    {
        // Anna owns the brand, alone.
        var anna = (await directory.Get("Users?filter=userName%20eq%20%22anna@marisol-pine.example%22")).GetProperty("Resources") is { } known && known.GetArrayLength() > 0
            ? known[0].GetProperty("id").GetString()!
            : await directory.User("anna@marisol-pine.example");

        using var refused = await directory.Patch($"Users/{anna}", """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""");
        using var neither = await directory.DeleteAsync($"{Scim.Root}/Users/{anna}");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, neither.StatusCode);
        Assert.True((await directory.Get($"Users/{anna}")).GetProperty("active").GetBoolean());
        Assert.Contains("owner", await app.RolesOf("anna@marisol-pine.example"));
    }

    [Fact]
    public async Task Another_organisations_directory_sees_and_changes_nothing_here()
    {
        using var other = await app.Directory("demo-owner-2");
        using var otherOwner = await app.Owner("demo-owner-2");
        await OrganisationApp.SayRoles(otherOwner, ofAll: "brand_analyst");
        var name = New();
        var user = await directory.User(name);

        using var read = await other.GetAsync($"{Scim.Root}/Users/{user}");
        using var changed = await other.Patch($"Users/{user}", """{"Operations":[{"op":"replace","path":"active","value":false}]}""");
        using var taken = await other.DeleteAsync($"{Scim.Root}/Users/{user}");
        using var grouped = await other.Post("Groups", $$"""{"displayName":"Ours","members":[{"value":"{{user}}"}]}""");
        var listed = await other.Get($"Users?filter=userName%20eq%20%22{name}%22");

        Assert.All([read, changed, taken], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, grouped.StatusCode);
        Assert.Equal(0, listed.GetProperty("totalResults").GetInt32());
    }

    [Fact]
    public async Task Neither_a_person_nor_a_machine_without_the_scope_is_a_directory()
    {
        using var person = app.Bearing(await app.TokenFor("anna@marisol-pine.example"));

        using var asPerson = await person.GetAsync($"{Scim.Root}/Users");
        using var withoutScope = await owner.GetAsync($"{Scim.Root}/Users");
        using var stranger = app.Browser();
        using var asStranger = await stranger.GetAsync($"{Scim.Root}/Users");

        Assert.Equal(HttpStatusCode.Forbidden, asPerson.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, withoutScope.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, asStranger.StatusCode);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("auditor")]
    [InlineData("case_handler")]
    public async Task No_directory_gives_ownership_or_what_is_no_role_of_its_organisation(string role)
    {
        using var refused = await owner.PutAsJsonAsync("api/v1/identity/provisioning", new { roleOfAll = role, groups = Array.Empty<object>() });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task A_version_that_was_not_read_changes_nothing()
    {
        var user = await directory.User(New());
        using var change = new HttpRequestMessage(HttpMethod.Patch, $"{Scim.Root}/Users/{user}")
        {
            Content = new StringContent("""{"Operations":[{"op":"replace","path":"active","value":false}]}""", System.Text.Encoding.UTF8, "application/scim+json"),
        };
        change.Headers.TryAddWithoutValidation("If-Match", "W/\"7\"");

        using var refused = await directory.SendAsync(change);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.True((await directory.Get($"Users/{user}")).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("ServiceProviderConfig")]
    [InlineData("ResourceTypes")]
    [InlineData("Schemas")]
    public async Task A_directory_reads_what_it_can_expect(string what)
    {
        var said = await directory.Get(what);

        Assert.NotEmpty(said.GetProperty("schemas").EnumerateArray());
    }
}
