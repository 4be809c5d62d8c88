using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recruitment.Identity.Clients;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>Replicas that start together, on an empty database or after a power cut, all start.</summary>
public sealed class RegisterClientsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_that_start_at_one_moment_register_each_client_once(bool isEmpty)
    {
        await using var host = await ServiceHost<Program>.Start("identity");
        var register = host.Services.GetServices<IHostedService>().OfType<RegisterClients>().Single();
        var before = await Clients(host);
        if (isEmpty)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            await db.Machines.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"OpenIddictApplications\"", TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => register.StartAsync(CancellationToken.None))));

        Assert.NotEqual(0, before.Machines);
        Assert.Equal(before, await Clients(host));
    }

    private static async Task<(int Machines, int Applications)> Clients(ServiceHost<Program> host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        return (await db.Machines.CountAsync(), await db.Database.SqlQuery<int>($"""SELECT CAST(COUNT(*) AS integer) AS "Value" FROM "OpenIddictApplications" """).SingleAsync());
    }
}
