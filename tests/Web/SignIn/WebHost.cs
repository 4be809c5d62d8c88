using Recruitment.Testing;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>The whole web, with a standard issuer that is not ours.</summary>
public sealed class WebHost : IAsyncLifetime
{
    private ServiceHost<Program> host = null!;

    public string Issuer => host.Issuer.Address;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("web");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>What a stranger's browser gets from one of the two hosts.</summary>
    public async Task<HttpResponseMessage> Get(string path, string at = "localhost", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{at}{path}"));
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await host.Anonymous().SendAsync(request);
    }

    /// <summary>A form as a browser sends it from a page of the given site.</summary>
    public async Task<HttpResponseMessage> Post(string path, string from, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{path}"))
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        request.Headers.Add("Origin", from);
        return await host.Anonymous().SendAsync(request);
    }

    public Task<HttpResponseMessage> Post(string path) => host.Anonymous().PostAsync(path, new FormUrlEncodedContent([]));
}
