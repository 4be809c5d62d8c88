using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>Asks the services with the reader's own token, renewed shortly before it expires.</summary>
internal sealed class ForwardToken(IHttpContextAccessor http, Renewals renewals, TimeProvider time) : DelegatingHandler
{
    /// <summary>One renewal at a time in one request: a page may ask several services at once.</summary>
    private static readonly ConditionalWeakTable<HttpContext, SemaphoreSlim> Gates = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (http.HttpContext is { } context && !WorkerHost.Is(context.Request.Host) && await Token(context, cancellationToken) is { } token)
            request.Headers.Authorization = new("Bearer", token);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string?> Token(HttpContext context, CancellationToken stop)
    {
        var gate = Gates.GetValue(context, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(stop);
        try
        {
            var ticket = await context.AuthenticateAsync(SignIn.Cookie);
            if (!ticket.Succeeded) return null;

            var expires = DateTimeOffset.Parse(ticket.Properties.GetTokenValue("expires_at") ?? "2000-01-01T00:00:00Z", CultureInfo.InvariantCulture);
            if (expires <= time.GetUtcNow().AddSeconds(10)) await Renew(context, ticket);
            return ticket.Properties.GetTokenValue("access_token");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task Renew(HttpContext context, AuthenticateResult ticket)
    {
        var renewed = await renewals.For(ticket.Properties!.GetTokenValue("refresh_token") ?? "");
        if (renewed is null)
        {
            await context.SignOutAsync(SignIn.Cookie);
            throw new HttpRequestException("The session has ended.", null, HttpStatusCode.Unauthorized);
        }
        ticket.Properties!.UpdateTokenValue("access_token", renewed.AccessToken);
        ticket.Properties!.UpdateTokenValue("refresh_token", renewed.RefreshToken);
        ticket.Properties!.UpdateTokenValue("expires_at", renewed.ExpiresAt.ToString("o", CultureInfo.InvariantCulture));
        await context.SignInAsync(SignIn.Cookie, ticket.Principal!, ticket.Properties!);
    }
}
