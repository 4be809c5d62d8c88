using System.Diagnostics;
using System.Net;
using Recruitment.AllInOne.Demonstration;

namespace Recruitment.Faults.Tests.Load;

/// <summary>Sends the same again for as long as no answer comes, as every client of a product with ids for its writes may; and counts how often it had to.</summary>
internal sealed class Persistence
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private int acknowledged;
    private int repeated;
    private int answersLost;
    private int misled;

    public int Acknowledged => acknowledged;

    public int Repeated => repeated;

    /// <summary>Lists, which are received in pieces, that were found to be there after their answer was lost for good.</summary>
    public int AnswersLost => answersLost;

    /// <summary>Answers 500, which says that nothing was saved: untrue of a database lost while it commits.</summary>
    public int Misled => misled;

    public async Task<T> Until<T>(Func<Task<T>> send, CancellationToken stop)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var answer = await send();
                Interlocked.Increment(ref acknowledged);
                return answer;
            }
            catch (Exception unanswered) when (IsNoAnswer(unanswered) && !stop.IsCancellationRequested)
            {
                if (waited.Elapsed > Patience) throw new TimeoutException($"Never acknowledged: {unanswered.Message}", unanswered);
                Interlocked.Increment(ref repeated);
                if (unanswered is HttpRequestException { StatusCode: HttpStatusCode.InternalServerError }) Interlocked.Increment(ref misled);
                await Task.Delay(200, stop);
            }
        }
    }

    /// <summary>Under an Idempotency-Key: what is made and its answer are one commit, so it is answered sooner or later.
    /// What is received in pieces alone can lose its answer for good: then <paramref name="isThere"/> looks, as the API advises, and only else it is sent under a new key.</summary>
    public async Task Once(HttpClient http, HttpMethod method, string path, Func<HttpContent> body, CancellationToken stop, Func<Task<bool>>? isThere = null)
    {
        for (var key = Guid.CreateVersion7(); ; key = Guid.CreateVersion7())
        {
            for (var tries = 0; tries < 20; tries++)
            {
                try
                {
                    await Until(async () =>
                    {
                        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body() };
                        request.Headers.Add("Idempotency-Key", $"{key}");
                        using var answer = await http.SendAsync(request, stop);
                        return await answer.Read(stop);
                    }, stop);
                    return;
                }
                catch (HttpRequestException refused) when (isThere is not null && refused.StatusCode == HttpStatusCode.Conflict && refused.Message.Contains("request-under-way", StringComparison.Ordinal))
                {
                    // Or under way indeed: it is given five seconds.
                    await Task.Delay(250, stop);
                }
            }
            Interlocked.Increment(ref answersLost);
            if (!await Until(isThere!, stop)) continue;
            return;
        }
    }

    /// <summary>The connection broke, nobody listened, or whoever stands in front says that somebody behind is away.</summary>
    public static bool IsNoAnswer(Exception problem) => problem switch
    {
        HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError } => true,
        TaskCanceledException or IOException => true,
        _ => false,
    };
}
