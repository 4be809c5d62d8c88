using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform.Tests.Hosting;

/// <summary>A program whose work in the background breaks ends as one that failed, so that whatever looks after it starts it again.</summary>
public sealed class BrokenWorkTests : IDisposable
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_whose_work_breaks_ends_with_an_error_and_one_that_is_stopped_does_not(bool breaks)
    {
        await Starting.Run(["--urls", "http://127.0.0.1:0"], args =>
        {
            var builder = WebApplication.CreateSlimBuilder(args);
            builder.Logging.ClearProviders();
            builder.Services.AddHostedService(provider => new Work(provider.GetRequiredService<IHostApplicationLifetime>(), breaks));
            return builder.Build();
        });

        Assert.Equal(breaks ? 1 : 0, Environment.ExitCode);
    }

    /// <summary>It is that of the tests too.</summary>
    public void Dispose() => Environment.ExitCode = 0;

    private sealed class Work(IHostApplicationLifetime program, bool breaks) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            if (breaks) throw new InvalidOperationException("It broke.");
            program.StopApplication();
        }
    }
}
