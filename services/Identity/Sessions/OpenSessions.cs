using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Recruitment.Identity.People;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity.Sessions;

/// <summary>Begins, finds and ends sessions. Every page, code and token is asked for in one that is open.</summary>
internal sealed class OpenSessions(IdentityDb db, TimeProvider time, IOptions<SessionOptions> options, IOptions<PlatformOptions> platform)
{
    /// <summary>The claim that names a session (OpenID Connect Front-Channel Logout 1.0).</summary>
    public const string Named = "sid";

    /// <summary>The claim of the cookie's own secret.</summary>
    public const string Proof = "secret";
    private readonly SessionOptions options = options.Value;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>A session, and what the browser proves it by.</summary>
    public sealed record Opened(Session Session, string Secret);

    /// <summary>A new session, or a new proof in this person's own one; never one that the browser came with of somebody else. With the next SaveChanges.</summary>
    public async Task<Opened> Open(HttpContext context, Person person, params string[] ways)
    {
        var session = await Current(context);
        string secret;
        if (session?.PersonId == person.Id)
        {
            secret = session.Prove(ways, Now);
        }
        else
        {
            (session, secret) = Session.Begin(person.Id, BrowserName.Of(context.Request.Headers.UserAgent.ToString()), ways, Now, options);
            db.Sessions.Add(session);
            await Forget();
        }
        return new(session, secret);
    }

    /// <summary>Gives the browser the cookie of a session that was saved.</summary>
    public static Task Give(HttpContext context, Opened opened) => context.SignInAsync(Issuer.Cookie, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(OpenIddictConstants.Claims.Subject, opened.Session.PersonId.ToString()), new Claim(Named, opened.Session.Id.ToString()), new Claim(Proof, opened.Secret),
        ], Issuer.Cookie)));

    /// <summary>The open session of this browser, if there is one.</summary>
    public async Task<Session?> Current(HttpContext context)
    {
        var cookie = await context.AuthenticateAsync(Issuer.Cookie); // asks IsOpen
        return cookie.Succeeded && IdIn(cookie.Principal) is { } id ? await db.Sessions.SingleOrDefaultAsync(s => s.Id == id) : null;
    }

    /// <summary>The open session that a cookie names and proves.</summary>
    public async Task<bool> IsOpen(ClaimsPrincipal cookie) =>
        cookie.FindFirstValue(Proof) is { } secret && await Find(cookie) is { } session && session.IsOf(secret);

    /// <summary>The session that a cookie, code or refresh token names, when it is open still. It was seen now.</summary>
    public async Task<Session?> Find(ClaimsPrincipal named)
    {
        if (IdIn(named) is not { } id || await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id) is not { } session || !session.IsOpen(Now, options)) return null;

        // By itself and only while it is open: what was ended meanwhile stays ended.
        if (session.Seen(Now, options)) await db.Sessions.Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeen, session.LastSeen));
        return session;
    }

    /// <summary>What somebody sees of his own sessions, open ones first.</summary>
    public async Task<IReadOnlyList<(Session Session, bool IsOpen)>> Of(Guid person)
    {
        var all = await db.Sessions.AsNoTracking().Where(s => s.PersonId == person).OrderByDescending(s => s.StartedAt).Take(100).ToListAsync();
        return [.. all.Select(s => (s, s.IsOpen(Now, options))).OrderByDescending(s => s.Item2)];
    }

    /// <summary>Ends one of this person's sessions; another's is not touched.</summary>
    public Task<int> End(Guid person, Guid session, string because) => End(db.Sessions.Where(s => s.Id == session && s.PersonId == person), because);

    /// <summary>Ends every session of a person, but for one when it is named. Access ends with the tokens, within a minute.</summary>
    public Task<int> EndAll(Guid person, string because, Guid? except = null) => End(db.Sessions.Where(s => s.PersonId == person && s.Id != except), because);

    /// <summary>Whether the person proved a moment ago who it is, as acts on credentials ask for.</summary>
    public bool IsProvedNow(Session session) => session.IsProvedWithin(TimeSpan.FromMinutes(platform.Value.ConfirmedForMinutes), Now);

    private Task<int> End(IQueryable<Session> sessions, string because)
    {
        var now = Now;
        return sessions.Where(s => s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndedBecause, because));
    }

    private Task<int> Forget()
    {
        var before = Now.AddDays(-options.KeptDays).AddHours(-options.LongestHours);
        return db.Sessions.Where(s => s.StartedAt < before).ExecuteDeleteAsync();
    }

    private static Guid? IdIn(ClaimsPrincipal named) => Guid.TryParse(named.FindFirstValue(Named), out var id) ? id : null;
}
