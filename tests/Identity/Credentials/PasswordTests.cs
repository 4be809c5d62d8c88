using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>Which passwords are taken, how they are kept, and what changing one ends.</summary>
public sealed class PasswordTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Theory]
    [InlineData("short words", "PasswordTooShort")]
    [InlineData("four quiet words here", null)]
    [InlineData("สี่คำเงียบๆที่นี่เลย", null)]
    [InlineData("🦜🦜🌳🌧🏔🐘🦜🌳🌧🏔🐘🌊", null)]
    [InlineData("PasswordPassword", "PasswordKnown")]
    [InlineData("qwertyuiop123", "PasswordKnown")]
    [InlineData("123456789012", "PasswordKnown")]
    [InlineData("abababababab", "PasswordKnown")]
    [InlineData("anna@marisol-pine.example", "PasswordIsYou")]
    [InlineData("Marisol-Pine 2026", "PasswordIsYou")]
    [InlineData("FairRecruitmentCheck1", "PasswordIsYou")]
    [InlineData("breached long ago", "PasswordKnown")]
    [InlineData("breached long ago!", null)]
    public async Task A_password_is_long_enough_and_known_to_nobody(string password, string? refusal)
    {
        using var file = new TemporaryList(["breached long ago", .. Enumerable.Range(0, 500).Select(i => $"other {i}")]);
        var options = Options.Create(new OwnPasswordOptions { Breached = file.Path });

        var result = await new PasswordRules(options, new BreachedPasswords(options)).ValidateAsync(null!, Person.New("anna@marisol-pine.example"), password);

        Assert.Equal(refusal, result.Errors.SingleOrDefault()?.Code);
    }

    [Fact]
    public async Task Every_line_of_an_operators_list_is_found_wherever_it_stands()
    {
        string[] all = [.. Enumerable.Range(0, 200).Select(i => $"a breached password {i}")];
        foreach (var ending in new[] { "\n", "\r\n" })
        {
            using var file = new TemporaryList(all, ending);
            var options = Options.Create(new OwnPasswordOptions { Breached = file.Path });
            var rules = new PasswordRules(options, new BreachedPasswords(options));

            Assert.Null(BreachedPasswords.Wrong(file.Path));
            foreach (var one in all) Assert.False((await rules.ValidateAsync(null!, Person.New("x@y.example"), one)).Succeeded);
            Assert.True((await rules.ValidateAsync(null!, Person.New("x@y.example"), "an unheard of password")).Succeeded);
        }
        Assert.NotNull(BreachedPasswords.Wrong("/nowhere/at/all"));
    }

    [Fact]
    public void A_hash_with_fewer_rounds_is_right_and_to_be_made_anew_and_letters_count_however_they_were_composed()
    {
        var person = Person.New("x@y.example");
        var before = Hashes(100_000).HashPassword(person, "caf\u00e9 au lait here");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Hashes(210_000).VerifyHashedPassword(person, before, "cafe\u0301 au lait here"));
        Assert.Equal(PasswordVerificationResult.Success, Hashes(100_000).VerifyHashedPassword(person, before, "cafe\u0301 au lait here"));
        Assert.Equal(PasswordVerificationResult.Failed, Hashes(210_000).VerifyHashedPassword(person, before, "cafe au lait here"));

        static PasswordHashes Hashes(int rounds) => new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session_and_the_old_password()
    {
        const string Somchai = "somchai@rung-fah.example";
        using var own = app.Browser();
        using var other = app.Browser();
        await IdentityApp.SignIn(own, Somchai);
        await IdentityApp.SignIn(other, Somchai);
        Assert.Contains("Everybody who guesses", await (await IdentityApp.Fill(own, "identity/account/password", ("password", "passwordpassword"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var changed = await IdentityApp.Fill(own, "identity/account/password", ("password", "four quiet words here"));

        Assert.Equal("/identity/account?done=password.changed", changed.Headers.Location!.ToString());
        Assert.Contains("code=", (await app.Authorize(own)).Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal("/identity/sign-in", (await app.Authorize(other)).Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await IdentityApp.SignIn(other, Somchai)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(other, Somchai, "four quiet words here")).StatusCode);
    }

    private sealed class TemporaryList : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The format of the list.")]
        public TemporaryList(IEnumerable<string> passwords, string ending = "\r\n") => File.WriteAllText(Path, string.Concat(
            passwords.Select(p => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(p)))).Order(StringComparer.Ordinal).Select((hash, i) => $"{hash}:{i + 1}{ending}")));

        public void Dispose() => File.Delete(Path);
    }
}
