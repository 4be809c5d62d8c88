using System.Net.Http.Headers;
using System.Text;

namespace Recruitment.Testing;

/// <summary>A virtual host of its own per test host, so that tests never hear each other's events.</summary>
/// <remarks>TEST_RABBITMQ is an amqp address; TEST_RABBITMQ_MANAGEMENT the broker's management address, where virtual hosts are made.</remarks>
public static class RabbitVirtualHost
{
    public static async Task<string> Make(string amqp, string? called = null)
    {
        var broker = new Uri(amqp);
        var name = called ?? $"t{Guid.CreateVersion7():N}";
        var management = Environment.GetEnvironmentVariable("TEST_RABBITMQ_MANAGEMENT")
            ?? throw new InvalidOperationException("TEST_RABBITMQ needs TEST_RABBITMQ_MANAGEMENT beside it.");
        var user = broker.UserInfo.Length > 0 ? broker.UserInfo : "guest:guest";
        using var http = new HttpClient { BaseAddress = new Uri(management) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        (await http.PutAsync($"api/vhosts/{name}", new StringContent("{}", Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        var permissions = new StringContent("""{"configure":".*","write":".*","read":".*"}""", Encoding.UTF8, "application/json");
        (await http.PutAsync($"api/permissions/{name}/{user.Split(':')[0]}", permissions)).EnsureSuccessStatusCode();
        return $"amqp://{user}@{broker.Host}:{broker.Port}/{name}";
    }
}
