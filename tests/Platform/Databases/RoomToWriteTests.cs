using System.Net;
using Recruitment.Platform.Tests.Due;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>Whoever watches the product learns that it takes no reports, and not only those who send one.</summary>
public sealed class RoomToWriteTests
{
    [Fact]
    public async Task On_a_full_disk_it_is_not_ready_until_there_is_room_again()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "On a server the data folder holds no database.");
        var folder = Directory.CreateTempSubdirectory("recruitment-room-").FullName;
        await using var disk = await SmallDisk.TryMake(folder, megabytes: 20);
        Assert.SkipWhen(disk is null, "This machine lets us mount no disk of our own.");
        var time = new MovedTime();
        await using var place = await Workplace.Open(folder, time, answers: true);
        using var client = place.Client(Roles.BrandAnalyst);

        Assert.Equal(HttpStatusCode.OK, await Ready());
        disk!.Fill();
        // Whoever asks again at once is told what was found before.
        Assert.Equal(HttpStatusCode.OK, await Ready());
        time.Move(RoomToWrite.Holds);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ready());
        disk.Free();
        time.Move(RoomToWrite.Holds);
        Assert.Equal(HttpStatusCode.OK, await Ready());
        Assert.False(File.Exists(Path.Combine(folder, ".room")));

        async Task<HttpStatusCode> Ready()
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }
}
