using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/forgotten: asks for a link by mail. The answer, and what is done for it here and now, are the same for every address.</summary>
[AllowAnonymous]
public sealed class ForgottenModel : PageModel
{
    /// <summary>No address is longer (RFC 5321).</summary>
    private const int LongestAddress = 254;
    private readonly IdentityDb db;
    private readonly CredentialKeys keys;
    private readonly Tries tries;
    private readonly KnownDevices devices;
    private readonly Spoken spoken;
    private readonly TimeProvider time;

    public ForgottenModel(IServiceProvider services)
    {
        db = services.GetRequiredService<IdentityDb>();
        keys = services.GetRequiredService<CredentialKeys>();
        tries = services.GetRequiredService<Tries>();
        devices = services.GetRequiredService<KnownDevices>();
        spoken = services.GetRequiredService<Spoken>();
        time = services.GetRequiredService<TimeProvider>();
    }

    public bool IsAsked { get; private set; }

    public async Task OnPostAsync(string? email)
    {
        IsAsked = true;
        if (email is not { Length: > 0 and <= LongestAddress }) return;
        // Whoever's device this is gets his own mails still when strangers have used up those of his address. Whether it is his is looked up later.
        List<string> owners = [];
        if (!await tries.Allows(Tries.Mails, email, device: null))
        {
            foreach (var known in devices.Of(HttpContext))
                if (await tries.Allows(Tries.Mails, email, known.Device)) owners.Add(known.Owner);
            if (owners.Count == 0) return;
        }
        var asked = AskedForPassword.Of(email, spoken.Language, owners, keys);
        db.Add(asked);
        db.Due(SendForgottenPassword.Kind, asked.Id.ToString("N"), time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
    }
}
