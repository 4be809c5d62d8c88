using System.Globalization;

namespace Recruitment.Platform.Tests.Hosting;

public sealed class CultureTests
{
    [Fact]
    public void The_tests_run_under_the_culture_that_the_check_names()
    {
        var named = Environment.GetEnvironmentVariable("TEST_CULTURE");
        Assert.SkipWhen(named is null, "Run by hand, under the culture of this machine.");

        Assert.Equal(named, CultureInfo.CurrentCulture.Name);
    }
}
