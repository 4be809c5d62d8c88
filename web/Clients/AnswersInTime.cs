namespace Recruitment.Web.Clients;

/// <summary>
/// How long a service may take to answer, head and body. What a reader is still sending through us takes as long as her line is slow: only what comes after the last byte is waited for.
/// What is handed through to her as it comes is waited for until it begins.
/// </summary>
internal sealed class AnswersInTime(TimeSpan patience) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<bool> HandedThrough = new("handed-through");

    /// <summary>A question whose answer is read while it arrives.</summary>
    public static HttpRequestMessage Streamed(Uri where)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, where);
        request.Options.Set(HandedThrough, true);
        return request;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.Content is not (StreamContent or MultipartContent)) late.CancelAfter(patience);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, late.Token);
            if (request.Options.TryGetValue(HandedThrough, out _)) return answer;

            late.CancelAfter(patience);
            await answer.Content.LoadIntoBufferAsync(late.Token);
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer?.Dispose();
            throw new TaskCanceledException("The service did not answer in time.", new TimeoutException());
        }
        catch
        {
            answer?.Dispose();
            throw;
        }
    }
}
