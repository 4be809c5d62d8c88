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
    public void AddLink(string to, string what, string page, string token, string language) => db.SendMail(
        to, Wordings.Of(language, $"mail.{what}.subject"),
        $"{Wordings.Of(language, $"mail.{what}")}\n\n{Root}{Spoken.Path(language, page)}?token={token}\n\n{Wordings.Of(language, "mail.ignore")}\n", leavesNoTrace: true);

    private string Address(string page) => Root + spoken.Path(page);

    private string Root => platform.Value.Issuer.TrimEnd('/');
}
