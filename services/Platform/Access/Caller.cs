using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>Who is asking, read from the bearer token: a person or machine acting for one organisation.</summary>
public sealed class Caller(IHttpContextAccessor http)
{
    private ClaimsPrincipal? User => http.HttpContext?.User;

    /// <summary>The token's subject: a person's id, or <c>client:…</c> for a machine. Empty when nobody is signed in.</summary>
    public string Subject => User?.FindFirstValue("sub") ?? "";

    /// <summary>The organisation acted for; null when the token names none.</summary>
    public Guid? PartyId => Guid.TryParse(User?.FindFirstValue("party"), out var id) ? id : null;

    /// <summary>One of <see cref="PartyKinds"/>, or empty.</summary>
    public string Kind => User?.FindFirstValue("party_kind") ?? "";

    /// <summary>The version that the caller says to have read; empty when he says none.</summary>
    internal string IfMatch => http.HttpContext?.Request.Headers.IfMatch.ToString() ?? "";

    public bool IsService => Is(Roles.Service);

    public bool Is(string role) => User?.HasClaim("role", role) ?? false;

    /// <summary>The organisation acted for. An endpoint that asks for it must require a role of an organisation.</summary>
    public Guid Party => PartyId ?? throw new BrokenRuleException("no-organisation", "Your sign-in names no organisation. Ask your administrator for a membership.");
}
