using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Intake;

namespace Recruitment.Grievances.Tests.Intake;

/// <summary>Nothing is taken that nobody can read.</summary>
public sealed class AlwaysAReaderTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task When_the_last_of_the_team_leaves_between_the_question_and_the_sealing_nothing_is_taken()
    {
        foreach (var reader in new[] { app.Mai, app.Somchai }) (await app.Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{reader.Id}/intake", new { intake = false })).Dispose();
        var key = app.Host.Services.GetRequiredService<ReceiptKeys>().Of(Receipt.Read(await app.Receipt())!);
        await using var scope = app.Host.Services.CreateAsyncScope();

        // Straight to the sealing: the question whether anybody reads was answered a moment ago.
        object? due = await scope.ServiceProvider.GetRequiredService<FileOnce>().File(key, "en", new Told { Text = "help", FormId = Guid.CreateVersion7() }, null, CancellationToken.None);

        Assert.Null(due);
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<GrievancesDb>().Grievances.CountAsync());
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<ErasureDb>().Keys.CountAsync());
    }
}
