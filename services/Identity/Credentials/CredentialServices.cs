using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Platform;

namespace Recruitment.Identity.Credentials;

/// <summary>By what people prove who they are, and what protects it.</summary>
internal static class CredentialServices
{
    public static void AddCredentials(this IHostApplicationBuilder builder)
    {
        builder.AddOwnOptions<OwnPasswordOptions>("Identity:Passwords")
            .Validate(o => o.IsRight, "Identity:Passwords: Shortest is 8 to 64, Longest 128 to 1024, Iterations 100000 to 10000000.").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<OwnPasswordOptions>, BreachedFileIsRight>();
        builder.AddOwnOptions<TriesOptions>("Identity:Tries")
            .Validate(o => o.IsRight, "Identity:Tries: Passwords is 3 to 100, Codes 3 to 20, Minutes 1 to 1440, MailsPerHour 1 to 20, KnownDays 1 to 400, WrongCodesTold 1 to 20.").ValidateOnStart();
        builder.AddOwnOptions<LinkOptions>("Identity:Links").Validate(o => o.IsRight, "Identity:Links: PasswordMinutes is 5 to 1440, OtherHours 1 to 720, OldEmailHours 24 to 720.").ValidateOnStart();
        builder.AddOwnOptions<RecoveryOptions>("Identity:Recovery").Validate(o => o.IsRight, "Identity:Recovery: WaitHours is 1 to 168, OpenDays 2 to 30 and more than that.").ValidateOnStart();

        var services = builder.Services;
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<OwnPasswordOptions>>((hashes, own) => hashes.IterationCount = own.Value.Iterations);
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PlatformOptions>>(Configure);
        services.RemoveAll<IPasswordValidator<Person>>();
        services.AddScoped<IPasswordValidator<Person>, PasswordRules>();
        services.RemoveAll<IPasswordHasher<Person>>();
        services.AddScoped<IPasswordHasher<Person>, PasswordHashes>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.AddSingleton<BreachedPasswords>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<CredentialKeys>();
        foreach (var own in new[] { typeof(Tries), typeof(SecondSteps), typeof(Halfway), typeof(Passkeys), typeof(Passwords), typeof(PersonLinks), typeof(Notices), typeof(PageTrail), typeof(Entry), typeof(Owner), typeof(AccountRecovery), typeof(OldEmail), typeof(JoinProof) }) services.AddScoped(own);

        services.AddMarkedSecret<IdentityDb>(CredentialKeys.Secret, (db, stop) => db.Authenticators.AnyAsync(stop));
        builder.AddMail<IdentityDb>();
        services.AddDueWork<IdentityDb, SendForgottenPassword>(SendForgottenPassword.Kind);
    }

    /// <summary>A passkey is of this host alone, is proved by finger, face or PIN as well, and names its owner by itself.</summary>
    private static void Configure(IdentityPasskeyOptions passkeys, IOptions<PlatformOptions> platform)
    {
        var issuer = new Uri(platform.Value.Issuer);
        passkeys.ServerDomain = issuer.Host;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == issuer.GetLeftPart(UriPartial.Authority));
    }

    private sealed class BreachedFileIsRight : IValidateOptions<OwnPasswordOptions>
    {
        public ValidateOptionsResult Validate(string? name, OwnPasswordOptions options) =>
            BreachedPasswords.Wrong(options.Breached) is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
