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

    [Fact]
    public async Task Another_password_makes_every_device_unknown_but_the_one_on_which_it_was_chosen()
    {
        const string Malee = "malee@lotus-lane.example", Words = "four quiet words here";
        using var own = app.Browser();
        using var lost = app.Browser();
        await IdentityApp.SignIn(own, Malee);
        await IdentityApp.SignIn(lost, Malee);
        await IdentityApp.Fill(own, "identity/account/password", ("password", Words));
        using var stranger = app.Browser();
        for (var guess = 0; guess < 10; guess++) await IdentityApp.SignIn(stranger, Malee, "a guess of a stranger");

        Assert.Contains("Too many tries", await Body(IdentityApp.SignIn(lost, Malee, Words)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(own, Malee, Words)).StatusCode);
    }

    [Fact]
    public async Task Strangers_who_ask_for_mails_use_up_none_of_the_owners_and_a_device_of_somebody_else_gets_none_of_hers()
    {
        const string Thida = "thida@open-hand.example";
        using var own = app.Browser();
        await IdentityApp.SignIn(own, Thida);
        using var another = app.Browser();
        await IdentityApp.SignIn(another, "lien@open-hand.example");
        using var stranger = app.Browser();
        for (var asked = 0; asked < 5; asked++) await IdentityApp.Fill(stranger, "identity/forgotten", ("email", Thida));
        await Until(3);

        await IdentityApp.Fill(another, "identity/forgotten", ("email", Thida));
        await IdentityApp.Fill(own, "identity/th/forgotten", ("email", Thida));

        await app.LinkTo(Thida, "th/new-password");
        await Until(4);
        for (var asked = 0; asked < 5; asked++) await IdentityApp.Fill(own, "identity/forgotten", ("email", Thida));
        await Until(6);
        await using var db = app.Open();
        await Recruitment.Testing.Wait.Until(async () => !await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(db.Set<Recruitment.Identity.Credentials.AskedForPassword>()), "everything asked for is done");
        Assert.Equal(6, Sent());

        Task Until(int count) => Recruitment.Testing.Wait.Until(() => Task.FromResult(Sent() == count), $"{count} mails");
        int Sent() => app.Mails().Count(m => m.To.Mailboxes.Single().Address == Thida && (m.TextBody ?? "").Contains("new-password", StringComparison.Ordinal));
    }

    private static async Task<string> Body(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync();
}
