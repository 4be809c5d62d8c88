using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>Problems (RFC 9457) that slices answer with.</summary>
public static class Problems
{
    private const string Prefix = "urn:recruitment:";

    /// <summary>400: the request is not right; the sentence says what to do.</summary>
    public static ProblemHttpResult Bad(string code, string sentence) => Of(StatusCodes.Status400BadRequest, code, sentence);

    /// <summary>400 of every list, for a cursor that it never gave.</summary>
    public static ProblemHttpResult UnknownCursor() => Bad("unknown-cursor", "This cursor is not one of ours. Take it from 'next' of the answer before, or leave it out to begin again.");

    /// <summary>413: too large; the sentence names the limit.</summary>
    public static ProblemHttpResult TooLarge(string code, string sentence) => Of(StatusCodes.Status413PayloadTooLarge, code, sentence);

    /// <summary>What to do about a status that nobody explained further.</summary>
    internal static string? WhatToDo(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "No valid access token came with the request, or it has expired. Sign in again, or ask the issuer for a new token.",
        StatusCodes.Status403Forbidden => "Your role does not include this. Ask an administrator of your organisation for the role you need.",
        StatusCodes.Status404NotFound => "There is nothing here that you may see. Check the address and the id.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method. See the OpenAPI document.",
        StatusCodes.Status413PayloadTooLarge => "The request is larger than this address accepts. See Size limits in docs/operations.md.",
        StatusCodes.Status415UnsupportedMediaType => "This address does not read that media type, or none was named. The OpenAPI document of this service lists those it reads; name one in Content-Type.",
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout =>
            "A part of this installation is away for a moment. Try again in a minute; send what makes something with the same Idempotency-Key again.",
        _ => null,
    };

    /// <summary>The code of a status that nobody explained further.</summary>
    internal static string Code(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status401Unauthorized => "no-valid-token",
        StatusCodes.Status403Forbidden => "role-missing",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "wrong-method",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "wrong-media-type",
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => "away",
        _ => $"status-{status}",
    };

    /// <summary>For services and gateway alike: whatever status comes without a body says as a problem what to do, and has a code for programs.</summary>
    public static IServiceCollection AddApiProblems(this IServiceCollection services) => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Complete);

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } fields) fields.Errors = fields.Errors.ToDictionary(e => AsSent(e.Key), e => e.Value);
        problem.Detail ??= problem is HttpValidationProblemDetails { Errors.Count: > 0 } invalid ? Correct(invalid) : WhatToDo(problem.Status);
        // The framework has filled in the address of the status in its standard by now, which tells programs nothing new.
        if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true) problem.Type = Prefix + (problem is HttpValidationProblemDetails ? "not-valid" : Code(problem.Status));
        context.HttpContext.Features.Get<AuditedRequest>()?.Code = problem.Type[Prefix.Length..];
    }

    /// <summary>What is wrong comes first: readers of a page see this sentence and not the list of fields.</summary>
    private static string Correct(HttpValidationProblemDetails invalid) =>
        $"{string.Join(' ', invalid.Errors.SelectMany(e => e.Value).Distinct().Take(5))} Nothing was saved: correct this and send it again.";

    /// <summary>"Answers[0].Indicator" as whoever sent it knows it: "answers[0].indicator".</summary>
    private static string AsSent(string member) => string.Join('.', member.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>Only machines get problems for empty answers: readers get the web's own pages.</summary>
    public static void UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), api => api.UseStatusCodePages());

    /// <summary>Any status with a type <c>urn:recruitment:code</c>.</summary>
    public static ProblemHttpResult Of(int status, string code, string sentence) =>
        TypedResults.Problem(detail: sentence, statusCode: status, type: Prefix + code);
}

/// <summary>Turns exceptions into problems, once, at the edge: broken rules to 409, bad requests to 400, what is away to 503, everything else to 500 without detail.</summary>
internal sealed class ProblemExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return false;

        var problem = exception switch
        {
            BrokenRuleException broken => new ProblemDetails
            {
                Status = StatusCodes.Status409Conflict, Type = $"urn:recruitment:{broken.Code}", Detail = broken.Message,
            },
            Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => new ProblemDetails
            {
                Status = StatusCodes.Status412PreconditionFailed, Type = "urn:recruitment:changed-meanwhile",
                Detail = "Somebody else changed this since you read it. Nothing was saved: read it again, then repeat.",
            },
            VersionMissingException => new ProblemDetails
            {
                Status = StatusCodes.Status428PreconditionRequired, Type = "urn:recruitment:version-missing",
                Detail = "This is there already and says something else. Nothing was saved: read it, and send your change with the version that you read in If-Match, for instance \"7\".",
            },
            _ when MadeTwice.Is(exception) => new ProblemDetails
            {
                Status = StatusCodes.Status409Conflict, Type = "urn:recruitment:made-meanwhile",
                Detail = "The same was made at this very moment, by somebody else or by this request sent twice. Nothing more was saved: look whether what you wanted is there.",
            },
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ProblemDetails
            {
                Status = StatusCodes.Status413PayloadTooLarge, Type = "urn:recruitment:too-large",
                Detail = TooLarge(context),
            },
            // Code and sentence of these two come with the status.
            _ when IsAway(exception) => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable },
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new ProblemDetails { Status = StatusCodes.Status415UnsupportedMediaType },
            BadHttpRequestException bad => new ProblemDetails
            {
                Status = bad.StatusCode, Type = "urn:recruitment:bad-request",
                Detail = EndpointOf(context)?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is null
                    ? $"The request could not be read. {Unread.Sentence(bad)}Check the address and its parameters against the OpenAPI document."
                    : $"The request could not be read. {Unread.Sentence(bad)}Send a body with the fields that the OpenAPI document lists.",
            },
            _ => new ProblemDetails
            {
                Status = StatusCodes.Status500InternalServerError, Type = "urn:recruitment:internal",
                Detail = "Something went wrong on our side. Nothing was saved. Try again; if it happens again, tell the operator the time.",
            },
        };
        context.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }

    /// <summary>
    /// Another service that was asked did not answer, not in time, or that it cannot now; or the database did not. What either refuses is a mistake of ours, and stays one.
    /// Whoever loses the database while it commits does not know whether that was saved, and must not say that nothing was.
    /// </summary>
    private static bool IsAway(Exception problem) => problem is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError }
        or TaskCanceledException { InnerException: TimeoutException } or AwayException || Passing.Is(problem);

    /// <summary>Where it failed: by the time this is asked the framework has taken it from the request.</summary>
    private static Endpoint? EndpointOf(HttpContext context) => context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();

    /// <summary>An endpoint's own limit, or that of every JSON body.</summary>
    private static string TooLarge(HttpContext context)
    {
        var limit = EndpointOf(context)?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? SizeLimits.Json;
        return $"The request is larger than the {limit >> 20} MB that this address accepts. Send less at once.";
    }
}
