using System.Net;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>Strangers who guess lock themselves out, and never the owner on a device of his.</summary>
public sealed class TriesTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task An_owner_on_a_known_device_gets_in_while_strangers_have_used_up_their_tries_and_after_a_restart_too()
    {
        const string Kanya = "kanya@chao-phraya-knit.example";
        using var own = app.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(own, Kanya)).StatusCode);
        using var stranger = app.Browser();
        for (var guess = 0; guess < 10; guess++) await IdentityApp.SignIn(stranger, Kanya, "a guess of a stranger");

        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(stranger, Kanya)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(own, Kanya)).StatusCode);
        await app.Restart();
        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(stranger, Kanya)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(own, Kanya)).StatusCode);
    }

    [Fact]
    public async Task An_address_without_an_account_is_closed_after_as_many_tries_as_one_with()
    {
        using var stranger = app.Browser();
        for (var guess = 0; guess < 10; guess++) Assert.Contains("not right", await Body(IdentityApp.SignIn(stranger, "nobody@lotus-lane.example", "a guess of a stranger")), StringComparison.Ordinal);

        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(stranger, "Nobody@lotus-lane.example", "a guess of a stranger")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_spelt_with_letters_that_count_as_the_same_has_no_tries_of_its_own()
    {
        using var stranger = app.Browser();
        for (var guess = 0; guess < 10; guess++) await IdentityApp.SignIn(stranger, "nobody@kingfisher-lane.example", "a guess of a stranger");

        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(stranger, "nobody@\u212aingfisher-lane.example", "a guess of a stranger")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_device_has_no_more_tries_than_strangers_have()
    {
        const string Hla = "hla@saffron-bridge.example";
        using var own = app.Browser();
        await IdentityApp.SignIn(own, Hla);
        await own.GetAsync("connect/end-session");
        for (var guess = 0; guess < 10; guess++) await IdentityApp.SignIn(own, Hla, "a thief has the telephone");

        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(own, Hla)), StringComparison.Ordinal);
        using var elsewhere = app.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(elsewhere, Hla)).StatusCode);
    }

    private static async Task<string> Body(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync();
}
