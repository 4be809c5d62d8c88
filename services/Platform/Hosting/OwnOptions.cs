using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

public static class OwnOptions
{
    /// <summary>A service's own settings, under a section of its own. A name under it that is none of them stops the start, and so does a number that is none.</summary>
    public static OptionsBuilder<TOptions> AddOwnOptions<TOptions>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        NumbersAreNumbers.Check<TOptions>(builder.Configuration, section);
        builder.Services.AddSingleton(OwnSettings.Of<TOptions>(section));
        return builder.Services.AddOptions<TOptions>().BindConfiguration(section);
    }
}
