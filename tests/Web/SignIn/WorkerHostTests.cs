using System.Net;

namespace Recruitment.Web.Tests.SignIn;

public sealed class WorkerHostTests(WebHost web) : IClassFixture<WebHost>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/operators")]
    [InlineData("/verify")]
    [InlineData("/css/site.css")]
    [InlineData("/api/v1/identity/people")]
    public async Task The_worker_host_serves_nothing_of_staff(string path)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await web.Get(path, at: "workers.localhost")).StatusCode);
    }

    [Fact]
    public async Task The_staff_host_serves_nothing_of_workers()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await web.Get("/w")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await web.Get("/w/en")).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    public async Task The_worker_host_sets_no_cookie(string path)
    {
        Assert.False((await web.Get(path, at: "workers.localhost")).Headers.Contains("Set-Cookie"));
    }
}
