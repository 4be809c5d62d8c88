using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>Tells people by mail what was done to their account, so that what was not done by them does not stay unseen.</summary>
internal sealed class Notices(IdentityDb db, Spoken spoken, IOptions<PlatformOptions> platform)
{
    /// <summary>Saves.</summary>
    public async Task Tell(Person person, string what, params object?[] parts)
    {
        Add(person.Email!, what, parts);
        await db.SaveChangesAsync();
    }

    /// <summary>With the next SaveChanges, to this address. The wording's keys are <c>mail.WHAT</c> and <c>mail.WHAT.subject</c>.</summary>
    public void Add(string to, string what, params object?[] parts) => db.SendMail(
        to, spoken[$"mail.{what}.subject"], $"{spoken.Of($"mail.{what}", parts)}\n\n{spoken.Of("mail.account", Address("account"))}\n", leavesNoTrace: true);

    /// <summary>A mail whose whole sense is its link.</summary>
    public void AddLink(string to, string what, string page, string token, string language) => AddLink(to, what, page, token, language, "mail.ignore");

    /// <summary>A mail about something that goes on unless its link is used.</summary>
    public void AddWayBack(string to, string what, string page, string token, string language) => AddLink(to, what, page, token, language, "mail.was-you");

    /// <summary>A mail that leads to a page, with what its address needs.</summary>
    public void AddPage(string to, string what, string page, string language) => AddPage(to, what, page, language, "mail.ignore");

    private void AddLink(string to, string what, string page, string token, string language, string otherwise) => AddPage(to, what, $"{page}?token={token}", language, otherwise);

    private void AddPage(string to, string what, string page, string language, string otherwise) => db.SendMail(
        to, Wordings.Of(language, $"mail.{what}.subject"),
        $"{Wordings.Of(language, $"mail.{what}")}\n\n{Root}{Spoken.Path(language, page)}\n\n{Wordings.Of(language, otherwise)}\n", leavesNoTrace: true);

    private string Address(string page) => Root + spoken.Path(page);

    private string Root => platform.Value.Issuer.TrimEnd('/');
}
