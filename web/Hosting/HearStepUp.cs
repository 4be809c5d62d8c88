using System.Net;

namespace Recruitment.Web.Hosting;

/// <summary>A service did nothing because the reader's sign-in is too long ago or not strong enough (RFC 9470): no answer that a client makes a sentence of, but something to ask the reader for.</summary>
/// <param name="bySigningIn">A sign-in of now is all that is wanted.</param>
internal sealed class StepUpException(bool bySigningIn) : HttpRequestException("A more recent or stronger sign-in is asked for.", null, HttpStatusCode.Unauthorized)
{
    public bool BySigningIn { get; } = bySigningIn;
}

/// <summary>Listens to every answer of a service, so that no client and no page can take that one for another.</summary>
internal sealed class HearStepUp : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || answer.Headers.WwwAuthenticate.FirstOrDefault(h => Says(h.Parameter, "error=\"insufficient_user_authentication\"")) is not { } asked) return answer;

        answer.Dispose();
        throw new StepUpException(Says(asked.Parameter, "max_age="));
    }

    private static bool Says(string? parameter, string what) => parameter?.Contains(what, StringComparison.Ordinal) == true;
}
