using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>Whoever has a copy of the web's database cannot sign himself in, nor open a half-filled form.</summary>
public sealed class SealedKeysTests(WebHost web) : IClassFixture<WebHost>
{
    [Fact]
    public async Task The_keys_of_sessions_and_forms_lie_sealed_in_the_database()
    {
        await web.SignedIn(Roles.Administrator); // a session needs a key

        await using var scope = web.Services.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<WebDb>().DataProtectionKeys.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(keys);
        Assert.All(keys, k =>
        {
            Assert.Contains("<sealed", k.Xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<value>", k.Xml, StringComparison.Ordinal);
        });
    }
}
