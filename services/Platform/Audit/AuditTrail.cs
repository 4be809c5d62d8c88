using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>
/// Which requests leave an entry: every one of a signed-in caller that may change something, and readings that say so. Never a stranger's, who may be a worker, and never another service's:
/// what it asks was somebody's act where it began.
/// </summary>
public static class AuditTrail
{
    /// <summary>The service of these addresses and its trail. Whatever is mapped below is audited by default.</summary>
    public static RouteGroupBuilder WithAuditTrail<TDb>(this RouteGroupBuilder group)
        where TDb : ServiceDb => group.WithMetadata(new AuditTrailOf(provider => provider.GetRequiredService<TDb>()));

    /// <summary>A reading that is an act: exporting, taking a file away, opening what is about a person.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AuditedReading());

    /// <summary>As <see cref="Audited{TBuilder}"/>, under a name that several endpoints share, without session, id or code: for what would tell, by its own name, how a case goes.</summary>
    public static TBuilder AuditedAs<TBuilder>(this TBuilder endpoint, string what)
        where TBuilder : IEndpointConventionBuilder => endpoint.Audited().WithMetadata(new AuditedName(what));

    /// <summary>Whether requests to it by somebody signed in leave an entry.</summary>
    public static bool IsAudited(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Metadata.GetMetadata<AuditTrailOf>() is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return false;
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return endpoint.Metadata.GetMetadata<AuditedReading>() is not null || methods.Any(m => !HttpMethods.IsGet(m) && !HttpMethods.IsHead(m) && !HttpMethods.IsOptions(m));
    }

    /// <summary>The name under which it stands in the trail.</summary>
    public static string? NameOf(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Metadata.GetMetadata<AuditedName>()?.Name ?? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
    }

    /// <summary>Of what happens outside the API, such as signing in: saved with the next SaveChanges.</summary>
    /// <param name="db">The service's.</param>
    /// <param name="what">A verb and a noun, as endpoints are named.</param>
    /// <param name="who">The person's id; null of an account that does not exist, for whom an entry is written too, so that the time of an answer does not tell. Never the address that was typed.</param>
    /// <param name="party">The organisation whose matter it is, if one.</param>
    /// <param name="session">The session's id, where there is one.</param>
    /// <param name="refused">The code with which it was refused; null when it was done.</param>
    /// <param name="about">Ids and words of the program.</param>
    public static void Audit(this ServiceDb db, string what, Guid? who, Guid? party = null, string? session = null, string? refused = null, params string[] about)
    {
        ArgumentNullException.ThrowIfNull(db);
        // Counted over all who are refused the same: whoever is not known must not fill the disk, and is not told from who is.
        if (refused is not null && !db.GetService<RefusalsKept>().Take(what)) return;
        db.Add(db.NewAuditEntry(what, who is null ? "unknown" : $"{who}", party, session, about.Select(AuditWords.Checked), refused ?? AuditEntry.Done));
    }

    /// <summary>What this request is about besides the ids in its address: an id that it makes, a role that it gives. Said before the first save.</summary>
    public static void AuditAbout(this ServiceDb db, params string[] words) => AuditedRequest.Of(db)?.IsAbout(words.Select(AuditWords.Checked));

    /// <summary>This request does something to another organisation than the caller's: once it is done it stands in that one's own trail as well, by the same person in the same session. Said before the first save, in a service without row policies alone: they let each write into its own trail.</summary>
    public static void AuditAlsoOf(this ServiceDb db, Guid party) => AuditedRequest.Of(db)?.IsDoneTo(party);

    /// <summary>A change that is one statement and no SaveChanges, in one commit with its entry. What changes nothing leaves none.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> WithItsEntry(this ServiceDb db, Func<Task<int>> change, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        await using var together = await db.Database.BeginTransactionAsync(stop);
        var changed = await change();
        if (changed == 0) return 0;
        await db.SaveChangesAsync(stop);
        await together.CommitAsync(stop);
        return changed;
    }

    internal static void AddAuditTrail<TDb>(this IHostApplicationBuilder builder)
        where TDb : ServiceDb
    {
        if (!builder.Services.Any(s => s.ServiceType == typeof(RefusalsKept)))
        {
            builder.AddOwnOptions<AuditOptions>("Audit")
                .Validate(o => o.RefusalsAMinute >= 1, "Audit:RefusalsAMinute must be at least 1.")
                .Validate(o => o.SealEverySeconds is >= 1 and <= 3600, "Audit:SealEverySeconds must be 1 to 3600.")
                .ValidateOnStart();
            builder.Services.AddSingleton<RefusalsKept>();
        }
        builder.Services.TryAddSingleton<WriteTurn<TDb>>();
        builder.Services.AddSingleton<SealAuditTrail<TDb>>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SealAuditTrail<TDb>>());
    }

    /// <summary>After routing: looks what the request will do before anything is done.</summary>
    internal static Task Watch(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is { } endpoint && IsAudited(endpoint) && NameOf(endpoint) is { } name)
        {
            var request = new AuditedRequest(context, name, endpoint.Metadata.GetMetadata<AuditedName>() is not null);
            context.Features.Set(request);
            context.Response.OnStarting(() => BeforeTheAnswer(context, request, endpoint.Metadata.GetRequiredMetadata<AuditTrailOf>()));
        }
        return next(context);
    }

    /// <summary>What is not written by now is: no file is given away, and no refusal told, that the trail does not know.</summary>
    private static async Task BeforeTheAnswer(HttpContext context, AuditedRequest request, AuditTrailOf trail)
    {
        if (request.By is not { } caller) return;
        var status = context.Response.StatusCode;
        var isRefusal = status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status409Conflict;
        if (isRefusal)
        {
            if (!context.RequestServices.GetRequiredService<RefusalsKept>().Take(caller.Subject)) return;
            request.Refuse(request.Code ?? Problems.Code(status));
        }
        else if (status is < 200 or >= 300 || request.IsWritten || request.IsRepeated)
        {
            return;
        }
        // Apart from whatever the request may have left unsaved.
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        await trail.Find(scope.ServiceProvider).SaveChangesAsync(CancellationToken.None);
    }

    private sealed record AuditTrailOf(Func<IServiceProvider, ServiceDb> Find);

    private sealed record AuditedReading;

    private sealed record AuditedName(string Name);
}
