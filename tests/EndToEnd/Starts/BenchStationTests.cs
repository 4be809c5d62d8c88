using System.Diagnostics;
using Npgsql;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>What ./bench measures messaging with is our own messaging: it starts with every change of it, though nobody measures at every change.</summary>
public sealed class BenchStationTests
{
    [Theory]
    [InlineData("hearer")]
    [InlineData("sender")]
    [InlineData("plain-hearer")]
    [InlineData("plain-sender")]
    public async Task A_station_of_the_bench_starts(string role)
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        var database = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("TEST_POSTGRES")!) { Database = $"bench_{Guid.CreateVersion7():N}" };
        var start = new ProcessStartInfo(StartedProgram.Executable("Bench"), ["--station", role]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__told"] = database.ConnectionString;
        start.Environment["ConnectionStrings__rabbitmq"] = await RabbitVirtualHost.Make(Environment.GetEnvironmentVariable("TEST_RABBITMQ")!);
        start.Environment["Prefetch"] = "16";
        using var station = Process.Start(start)!;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            Assert.Equal("ready", await station.StandardOutput.ReadLineAsync(patience.Token));
            station.StandardInput.Close();
            await station.WaitForExitAsync(patience.Token);
            Assert.Equal(0, station.ExitCode);
        }
        finally
        {
            station.Kill();
        }
    }
}
