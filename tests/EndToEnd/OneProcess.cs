using System.Net.Http.Headers;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests;

/// <summary>The embedded product, trusting an issuer of the tests, shared by tests that leave nothing behind.</summary>
public sealed class OneProcess : IAsyncLifetime
{
    private TestIssuer issuer = null!;
    private Running running = null!;

    /// <summary>Anybody.</summary>
    public HttpClient Stranger() => running.Client();

    /// <summary>A person of an organisation of his own; a token older than its ten minutes has expired.</summary>
    public HttpClient Person(string role, TimeSpan? tokenAge = null)
    {
        var client = running.Client();
        var token = issuer.Token([role], Guid.CreateVersion7(), "", $"{role}-of-the-tests", age: tokenAge);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.Start();
        running = await Running.AsOneProcess(issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        await issuer.DisposeAsync();
    }
}
