using System.Text.Json;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>JSON over HTTP, where every refusal is an exception that says what was asked and what was answered.</summary>
internal static class Calls
{
    public static Task<JsonElement> Get(this HttpClient http, string path, CancellationToken stop) => http.Send(HttpMethod.Get, path, null, stop);

    public static Task<JsonElement> Post(this HttpClient http, string path, object? body, CancellationToken stop) => http.Send(HttpMethod.Post, path, body, stop);

    public static Task<JsonElement> Put(this HttpClient http, string path, object body, CancellationToken stop) => http.Send(HttpMethod.Put, path, body, stop);

    /// <summary>Looks ten times a second, for what services do by themselves. Three minutes: a busy machine takes its time, and what a crashed process had begun is leased for half of one.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what, CancellationToken stop)
    {
        for (var tries = 0; tries < 1800; tries++)
        {
            if (await holds()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }
        throw new HttpRequestException($"{what} within three minutes");
    }

    /// <summary>The answer's JSON; undefined when it has none.</summary>
    public static async Task<JsonElement> Read(this HttpResponseMessage answer, CancellationToken stop)
    {
        var text = await answer.Content.ReadAsStringAsync(stop);
        if (!answer.IsSuccessStatusCode)
        {
            var asked = answer.RequestMessage!;
            throw new HttpRequestException($"{asked.Method} {asked.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: {text}", null, answer.StatusCode);
        }
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<JsonElement> Send(this HttpClient http, HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await http.SendAsync(request, stop);
        return await answer.Read(stop);
    }
}
