using Microsoft.AspNetCore.Authentication;

namespace Recruitment.Web.Hosting;

/// <summary>A sign-in that came back too late, a second time or with nothing of ours. No failure of the program, so a page says what to do, and nothing of what the query says:
/// anybody can write it.</summary>
/// <param name="Wanted">The page of ours that was asked for before sign-in, where the answer still tells.</param>
/// <param name="IssuerIsAway">The issuer could not be asked: nobody was late.</param>
internal sealed record FailedSignIn(string? Wanted, bool IssuerIsAway)
{
    /// <summary>Leaves the answer empty; <see cref="ErrorPages"/> puts the page in its place.</summary>
    public static Task Answer(RemoteFailureContext context)
    {
        var wanted = SignIn.Local(context.Properties?.RedirectUri);
        var isAway = IsAway(context.Failure);
        context.HttpContext.Features.Set(new FailedSignIn(wanted == SignIn.ToFirstPage ? null : wanted, isAway));
        context.Response.StatusCode = isAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static bool IsAway(Exception? failure) => failure is HttpRequestException or IOException or OperationCanceledException || (failure?.InnerException is { } inner && IsAway(inner));
}
