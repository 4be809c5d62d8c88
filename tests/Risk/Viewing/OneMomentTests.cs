using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Risk.Tests.Viewing;

public sealed class OneMomentTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task What_is_asked_together_is_answered_as_of_one_moment_while_others_go_on_writing()
    {
        var stop = TestContext.Current.CancellationToken;
        var supplier = await app.Party("supplier", "Steady Tern Works");
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RiskDb>();
        int before, during;
        await using (await db.AsOfOneMoment(stop))
        {
            before = await db.Sites.CountAsync(stop);
            await app.Site(supplier);
            during = await db.Sites.CountAsync(stop);
        }

        Assert.Equal(before, during);
        Assert.Equal(before + 1, await db.Sites.CountAsync(stop));
    }
}
