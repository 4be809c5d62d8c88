using System.Net;
using Microsoft.EntityFrameworkCore;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Keys;

/// <summary>Keys follow one another by themselves, and nobody has to sign in again for it.</summary>
public sealed class RotationTests(KeysApp app) : IClassFixture<KeysApp>
{
    [Fact]
    public async Task A_key_is_published_before_it_signs_and_stays_until_its_last_token_is_over()
    {
        var before = (await app.Exchange(await app.CodeFor(KeysApp.Administrator))).Body;
        var tokenBefore = await app.MachineToken();
        var first = KeysApp.KeyOf(tokenBefore);
        var code = await app.CodeFor(KeysApp.Administrator);
        Assert.Equal([first], await app.Published());

        await app.Later(TimeSpan.FromDays(28.5));
        await Wait.Until(async () => (await app.Published()).Count == 2, "the next key was not published");
        Assert.Equal(first, KeysApp.KeyOf(await app.MachineToken()));

        await app.Later(TimeSpan.FromDays(2.5));
        var tokenAfter = await app.TokenOfAnotherKeyThan(first);
        Assert.Equal(HttpStatusCode.OK, await app.Knock(tokenBefore));
        // Days pass here between the publishing of a key and its use, in which services read it; the test has let them pass in no time.
        await Wait.Until(async () => await app.Knock(tokenAfter) == HttpStatusCode.OK, "a token of the new key is not accepted");
        Assert.Equal(HttpStatusCode.OK, (await app.Exchange(code)).Status); // encrypted and signed by those before
        Assert.Equal(HttpStatusCode.OK, (await app.Refresh(before.GetProperty("refresh_token").GetString()!)).Status);

        await app.Later(TimeSpan.FromDays(20));
        await Wait.Until(async () => !(await app.Published()).Contains(first), "the first key is still published");
        await Wait.Until(async () => await app.Knock(tokenBefore) == HttpStatusCode.Unauthorized, "a token of the first key is still accepted");
        Assert.Equal(HttpStatusCode.OK, await app.Knock(tokenAfter));
    }

    [Fact]
    public async Task No_key_lies_in_clear_where_the_database_is_and_one_that_is_over_has_no_content()
    {
        Assert.SkipUnless(app.Database.Length == 0, "The files of PostgreSQL are not this program's to read.");
        using var key = app.SigningKey();
        var secret = key.ExportParameters(includePrivateParameters: true).D!;
        await using var db = app.Open();
        Assert.DoesNotContain(await db.Keys.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken), k => k.RetiredAt is not null && k.Counts);

        var stored = string.Concat((await RawFiles.In(app.DataFolder)).Select(f => f.Content));

        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16], stored, StringComparison.Ordinal); // its row is there
        Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(secret), stored, StringComparison.Ordinal);
    }
}

/// <summary>A key that somebody else may have.</summary>
public sealed class RetireKeyTests(KeysApp app) : IClassFixture<KeysApp>
{
    [Fact]
    public async Task Nothing_made_with_a_retired_key_is_accepted_and_tokens_are_made_with_another_at_once()
    {
        var answer = (await app.Exchange(await app.CodeFor(KeysApp.Administrator))).Body;
        var stolen = await app.MachineToken();
        var kid = KeysApp.KeyOf(stolen);
        using var administrator = app.Bearing(stolen);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostAsync("api/v1/identity/keys/none/retirement", null)).StatusCode);

        var retired = await administrator.PostAsync($"api/v1/identity/keys/{kid}/retirement", null);

        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Refresh(answer.GetProperty("refresh_token").GetString()!)));
        var fresh = await app.MachineToken();
        Assert.NotEqual(kid, KeysApp.KeyOf(fresh));
        await Wait.Until(async () => await app.Knock(stolen) == HttpStatusCode.Unauthorized, "a token of the retired key is still accepted");
        await Wait.Until(async () => await app.Knock(fresh) == HttpStatusCode.OK, "a token of the new key is not accepted");
        // Once refused it stays refused, also by what remembers good keys of before.
        Assert.Equal(HttpStatusCode.Unauthorized, await app.Knock(stolen));

        using var again = app.Bearing(fresh);
        Assert.Equal(HttpStatusCode.NoContent, (await again.PostAsync($"api/v1/identity/keys/{kid}/retirement", null)).StatusCode);
        Assert.Equal([KeysApp.KeyOf(fresh)], await app.Published());
        Assert.Contains($"\"id\":\"{kid}\",\"use\":\"signing\",\"state\":\"retired\"", await again.GetStringAsync("api/v1/identity/keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_that_waits_takes_the_place_of_a_retired_one_and_one_that_waits_can_be_retired()
    {
        var kid = KeysApp.KeyOf(await app.MachineToken());
        await app.Later(TimeSpan.FromDays(29));
        await Wait.Until(async () => (await app.Published()).Count > 1, "the next key was not published");
        var waiting = (await app.Published()).Single(k => k != kid);

        using var administrator = app.Bearing(await app.MachineToken());
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PostAsync($"api/v1/identity/keys/{waiting}/retirement", null)).StatusCode);
        var another = (await app.Published()).Single(k => k != kid);
        Assert.NotEqual(waiting, another);
        Assert.Equal(kid, KeysApp.KeyOf(await app.MachineToken()));

        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PostAsync($"api/v1/identity/keys/{kid}/retirement", null)).StatusCode);
        var token = await app.MachineToken();

        Assert.Equal(another, KeysApp.KeyOf(token));
        await Wait.Until(async () => await app.Knock(token) == HttpStatusCode.OK, "a token of the key that waited is not accepted");
    }

    private static (HttpStatusCode, string?) Error((HttpStatusCode Status, System.Text.Json.JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
