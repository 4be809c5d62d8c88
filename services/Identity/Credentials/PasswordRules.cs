using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Credentials;

/// <summary>A password is long enough and known to nobody. Any characters, and no rules of what must be in it: those make passwords that all look alike.</summary>
internal sealed class PasswordRules(IOptions<OwnPasswordOptions> options, BreachedPasswords breached) : IPasswordValidator<Person>
{
    /// <summary>What remains of a password without the words that are about its owner or this product must still be worth guessing at.</summary>
    private const int LeastOfItsOwn = 8;
    private static readonly string[] OfTheProduct = ["fairrecruitmentcheck", "fairrecruitment", "recruitment"];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(Refusal(user, Plain(password ?? "")) is { } code
        ? IdentityResult.Failed(new IdentityError { Code = code })
        : IdentityResult.Success);

    /// <summary>The same characters, however a keyboard composed them.</summary>
    public static string Plain(string password) => password.Normalize(NormalizationForm.FormKC);

    private string? Refusal(Person user, string password)
    {
        var length = new StringInfo(password).LengthInTextElements;
        if (length < options.Value.Shortest) return "PasswordTooShort";
        if (password.Length > options.Value.Longest) return "PasswordTooLong";
        if (IsAboutItsOwner(user, password)) return "PasswordIsYou";
        return IsOneStep(password) || breached.Has(password) ? "PasswordKnown" : null;
    }

    private static bool IsAboutItsOwner(Person user, string password)
    {
        var own = (user.Email ?? "").ToUpperInvariant().Split('@', '.').Concat([user.Email?.ToUpperInvariant() ?? ""]).Concat(OfTheProduct.Select(w => w.ToUpperInvariant())).Where(w => w.Length >= 4).OrderByDescending(w => w.Length);
        var text = password.ToUpperInvariant();
        // The whole address first: its parts may be in it.
        var rest = own.Aggregate(text.Replace(" ", "", StringComparison.Ordinal), (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < LeastOfItsOwn && rest.Length < text.Length - 3;
    }

    /// <summary>One piece over and over ("abcabcabcabc"), or each character the next ("123456789012").</summary>
    private static bool IsOneStep(string password)
    {
        for (var piece = 1; piece <= password.Length / 3; piece++)
            if (Enumerable.Range(piece, password.Length - piece).All(i => password[i] == password[i - piece])) return true;
        return Enumerable.Range(1, password.Length - 1).All(i => Math.Abs(password[i] - password[i - 1]) == 1 || (password[i] == '0' && password[i - 1] == '9'));
    }
}
