using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Tokens;

namespace Recruitment.Identity.Consents;

/// <summary>What the page of consent sends back: a decision, and a mark of what was decided about and in which session, that only we can make.</summary>
internal sealed class ConsentForm(IDataProtectionProvider protection, IAntiforgery antiforgery)
{
    public const string Decision = "decision", Mark = "shown", Allow = "allow", Deny = "deny";

    /// <summary>All that our form adds to what the client asked.</summary>
    public static readonly IReadOnlyList<string> Fields = [Decision, Mark, "__RequestVerificationToken"];

    private readonly IDataProtector protector = protection.CreateProtector("identity.consent");

    public string MarkOf(HttpRequest request, Session session) => protector.Protect(What(request, session));

    /// <summary>What this person decided, in this session, about exactly this request; null when nothing was, and the page is shown.</summary>
    public async Task<string?> Read(HttpContext context, Session session)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType) return null;
        var decision = request.Form[Decision].ToString();
        return decision is Allow or Deny && await antiforgery.IsRequestValidAsync(context) && WasShown(request, session) ? decision : null;
    }

    private bool WasShown(HttpRequest request, Session session)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(protector.Unprotect(request.Form[Mark].ToString())), Encoding.UTF8.GetBytes(What(request, session)));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string What(HttpRequest request, Session session)
    {
        var asked = QueryString.Create(AskedFor.In(request).OrderBy(p => p.Key, StringComparer.Ordinal));
        return $"{session.Id:N} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.Value ?? "")))}";
    }
}
