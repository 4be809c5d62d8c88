using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>Whether a service that was asked did not answer: not at all, not in time, with a mistake of its own, or with something that broke off or is no answer of ours. Not that the reader went away.</summary>
internal static class Away
{
    public static bool Is(Exception problem, CancellationToken stop) => !stop.IsCancellationRequested && problem switch
    {
        HttpRequestException answered => answered.StatusCode is null or >= System.Net.HttpStatusCode.InternalServerError,
        TaskCanceledException or IOException or JsonException => true,
        _ => false,
    };
}
