using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary><c>Idempotency-Key</c> on requests that make something: sent again after a lost answer, they make nothing more and get the first answer.</summary>
/// <remarks>What is made, its events and the answer are one commit: a process that dies leaves all of them or none, so a key never stays without its answer.</remarks>
public static class Idempotency
{
    /// <summary>The header by which a caller says that two requests are one.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Keeps the answer for two days under the caller's key. The key is saved with what was made, in its transaction; the model must <see cref="KeptAnswers.KeepAnswers"/>.</summary>
    /// <param name="endpoint">What makes something.</param>
    /// <param name="savesInSteps">The slice saves what is too large for one commit in pieces, and what it leaves when it breaks off is nobody's: the key is then free again.</param>
    /// <param name="file">For a slice that takes a file: reads the request and says what was sent, the file's hash included. The slice says the same of the first one (<see cref="SentUnderKey"/>).</param>
    public static RouteHandlerBuilder WithIdempotencyKey<TDb>(this RouteHandlerBuilder endpoint, bool savesInSteps = false, Func<HttpRequest, CancellationToken, Task<string?>>? file = null)
        where TDb : ServiceDb =>
        endpoint.AddEndpointFilter((context, next) => Once<TDb>(context, next, savesInSteps, file)).WithMetadata(
            new DocumentedHeader(Header, "A value of your own, new for each thing to be made. The same request with the same key makes it once and gets the same answer, for two days."));

    /// <summary>What was sent under the request's key, if it has one, known only now that the file has been read. Before the slice saves.</summary>
    public static void SentUnderKey(this ServiceDb db, string sent)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var kept in db.ChangeTracker.Entries<KeptAnswer>().Where(e => e.State == EntityState.Added)) kept.Entity.Request = Hash(sent);
    }

    /// <summary>Why a key is none; null for one that is good, and when none was sent.</summary>
    public static ProblemHttpResult? RefusedKey(string? key) => key switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(key) => Problems.Bad("bad-idempotency-key", "The idempotency key is empty, and would protect nothing. Send a random one of 32 characters, or leave the header out."),
        { Length: > 200 } => Problems.Bad("bad-idempotency-key", "An idempotency key has 200 characters at most. A random one of 32 is enough."),
        _ => null,
    };

    private static async ValueTask<object?> Once<TDb>(EndpointFilterInvocationContext context, EndpointFilterDelegate next, bool savesInSteps, Func<HttpRequest, CancellationToken, Task<string?>>? file)
        where TDb : ServiceDb
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var given)) return await next(context);
        var key = given.ToString();
        if (RefusedKey(key) is { } refused) return refused;

        var db = http.RequestServices.GetRequiredService<TDb>();
        var (id, request) = (IdOf(http, key), RequestOf(context));
        if (await Find(db, id, http.RequestAborted) is { } earlier)
            return Again(earlier, file is null ? request : Hash(await file(http.Request, http.RequestAborted) ?? ""));

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await db.Set<KeptAnswer>().Where(a => a.At < now - KeptAnswers.Kept).ExecuteDeleteAsync(http.RequestAborted);
        var kept = new KeptAnswer { Id = id, Request = request, At = now };
        db.Add(kept); // saved by the slice, together with what it makes
        db.CommitsWithItsAnswer = !savesInSteps;
        try
        {
            var answer = await next(context);
            return await Keep(db, kept, answer, savesInSteps, http) || await Find(db, id, http.RequestAborted) is not { } meanwhile ? answer : Again(meanwhile, kept.Request);
        }
        catch (Exception) when (!savesInSteps && !http.RequestAborted.IsCancellationRequested)
        {
            // Disposed and not rolled back: of one whose commit broke off nobody knows more than the database will say.
            if (db.Database.CurrentTransaction is { } open) await open.DisposeAsync();
            db.CommitsWithItsAnswer = false;
            db.ChangeTracker.Clear();
            // The same request at the same moment: the key's row let one through, or this one met what that one had just made.
            if (await Find(db, id, http.RequestAborted) is { } other) return Again(other, kept.Request);
            throw;
        }
        catch (DbUpdateException) when (!http.RequestAborted.IsCancellationRequested && db.Entry(kept).State != EntityState.Unchanged)
        {
            db.ChangeTracker.Clear();
            if (await Find(db, id, http.RequestAborted) is { } other) return Again(other, kept.Request);
            throw;
        }
        catch when (savesInSteps)
        {
            await Free(db, kept);
            throw;
        }
    }

    /// <summary>Its own key and no other's: while a request breaks off, the same is sent again and may already be under way under the same id.</summary>
    private static Task<int> Free(ServiceDb db, KeptAnswer kept) =>
        db.Set<KeptAnswer>().Where(a => a.Id == kept.Id && a.At == kept.At && a.Status == null).ExecuteDeleteAsync(CancellationToken.None);

    /// <summary>False for a refusal, of which nothing is kept.</summary>
    private static async Task<bool> Keep<TDb>(TDb db, KeptAnswer kept, object? answer, bool savesInSteps, HttpContext http)
        where TDb : ServiceDb
    {
        var result = answer is INestedHttpResult nested ? nested.Result : answer;
        if (result is not IStatusCodeHttpResult { StatusCode: >= 200 and < 300 } good)
        {
            // A refusal makes nothing, whatever was saved on the way to it, and the key stays free.
            if (savesInSteps) await Free(db, kept);
            else if (db.Database.CurrentTransaction is { } open) await open.RollbackAsync(CancellationToken.None);
            return false;
        }

        kept.Status = good.StatusCode;
        kept.Location = result.GetType().GetProperty("Location")?.GetValue(result) as string;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        kept.Body = result is IValueHttpResult { Value: { } value } ? JsonSerializer.Serialize(value, value.GetType(), json) : null;
        await db.SaveChangesAsync(CancellationToken.None); // what was made is made: an answer that nobody waits for is kept all the same
        if (db.Database.CurrentTransaction is { } together) await together.CommitAsync(CancellationToken.None);
        return true;
    }

    private static IResult Again(KeptAnswer kept, string request)
    {
        if (kept.Request != request)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This key belongs to another request. Use a new key for each thing to be made.");
        if (kept.Status is null)
            return Problems.Of(StatusCodes.Status409Conflict, "request-under-way", "The same file is being received, or its answer was lost. Look whether what it makes is there before you use a new key.");
        return new KeptResult(kept);
    }

    private static Task<KeptAnswer?> Find(ServiceDb db, string id, CancellationToken stop) =>
        db.Set<KeptAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop);

    private static string IdOf(HttpContext http, string key)
    {
        var caller = http.RequestServices.GetRequiredService<Caller>();
        return Hash($"{caller.Subject}\n{caller.PartyId}\n{http.Request.Method} {http.Request.Path}\n{key}");
    }

    /// <summary>What was sent as JSON. Of a file, until the slice has read it and says more, the address with its name, where it has one, and the length.</summary>
    private static string RequestOf(EndpointFilterInvocationContext context)
    {
        var type = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var sent = type is null ? null : context.Arguments.FirstOrDefault(a => a?.GetType() == type);
        return Hash(sent is null ? FormattableString.Invariant($"{context.HttpContext.Request.QueryString}\n{context.HttpContext.Request.ContentLength}") : JsonSerializer.Serialize(sent, sent.GetType()));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class KeptResult(KeptAnswer kept) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Features.Get<AuditedRequest>()?.IsRepeated = true;
            httpContext.Response.StatusCode = kept.Status!.Value;
            if (kept.Location is not null) httpContext.Response.Headers.Location = kept.Location;
            if (kept.Body is null) return Task.CompletedTask;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            return httpContext.Response.WriteAsync(kept.Body, httpContext.RequestAborted);
        }
    }
}
