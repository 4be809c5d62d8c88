using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform.Tests.Hosting;

public sealed class WorkerHostTests
{
    [Theory]
    [InlineData("/", true, true)]
    [InlineData("/w/my/form", true, false)]
    [InlineData("/css/worker.css", true, true)]
    [InlineData("/health/live", true, true)]
    [InlineData("/openapi/grievances.json", false, true)]
    [InlineData("/api/v1/grievances", false, true)]
    [InlineData("/identity/sign-in", false, true)]
    [InlineData("/workers", false, true)]
    public void Workers_pages_are_on_their_host_and_everything_else_on_the_other(string path, bool onWorkers, bool onStaff)
    {
        Assert.Equal(onWorkers, !WorkerHost.IsElsewhere(new HostString("workers.localhost"), path));
        Assert.Equal(onWorkers, WorkerHost.Serves(path));
        Assert.Equal(onStaff, !WorkerHost.IsElsewhere(new HostString("localhost"), path));
    }
}
