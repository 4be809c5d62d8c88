namespace Recruitment.Platform;

/// <summary>An argument that nobody reads stops the start: whoever typed it believes that it holds.</summary>
/// <remarks>Stricter than of the environment (<see cref="KnownSettings"/>), which is full of names of others: an argument is meant for this program.</remarks>
internal static class Arguments
{
    /// <summary>Read by the host itself, or by what carries traces away.</summary>
    private static readonly string[] OfTheHost =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "AllowedHosts", "shutdownTimeoutSeconds", nameof(PlatformOptions.Mode), KnownSettings.Collector];

    /// <summary>Throws with a sentence for the first that is no setting, or has no value.</summary>
    public static void Check(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var written = arguments[i];
            if (!written.StartsWith("--", StringComparison.Ordinal)) throw new InvalidOperationException($"Nobody reads the argument {written}. --help lists what can be given.");

            var (name, hasValue) = written.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (written[2..at], true) : (written[2..], false);
            if (!OfTheHost.Concat(KnownSettings.Names).Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase))
                throw new InvalidOperationException($"There is no option --{name}. --help lists what can be given.");
            if (hasValue) continue;

            if (++i == arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal)) throw new InvalidOperationException($"--{name} needs a value: --{name} VALUE.");
        }
    }
}
