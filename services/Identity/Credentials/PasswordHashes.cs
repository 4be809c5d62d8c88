using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Credentials;

/// <summary>The framework's hash (PBKDF2, HMAC-SHA512) of the normalised password. One made with fewer rounds, or before there was normalisation, is made anew at the next sign-in.</summary>
internal sealed class PasswordHashes(IOptions<PasswordHasherOptions> options) : PasswordHasher<Person>(options)
{
    public override string HashPassword(Person user, string password) => base.HashPassword(user, PasswordRules.Plain(password));

    public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
    {
        var plain = PasswordRules.Plain(providedPassword);
        var result = base.VerifyHashedPassword(user, hashedPassword, plain);
        if (result != PasswordVerificationResult.Failed || plain == providedPassword) return result;
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword) == PasswordVerificationResult.Failed ? PasswordVerificationResult.Failed : PasswordVerificationResult.SuccessRehashNeeded;
    }
}
