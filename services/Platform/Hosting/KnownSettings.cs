using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>What a service reads under a section of its own, by the names of its options.</summary>
internal sealed record OwnSettings(string Section, IReadOnlyList<string> Names)
{
    public static OwnSettings Of<TOptions>(string section) => new(section, [.. typeof(TOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name)]);
}

/// <summary>A setting under a name that nobody reads stops the start: whoever wrote it believes that it holds.</summary>
/// <remarks>Only under sections that are ours. An environment is full of names of others, and one environment may serve several of our programs.</remarks>
public static class KnownSettings
{
    /// <summary>Every program of the product with a database.</summary>
    public static readonly IReadOnlyList<string> Programs = ["identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register", "web"];

    /// <summary>Every secret that one of our programs asks for by name. One that is given under another name would be made anew where nobody keeps it.</summary>
    public static readonly IReadOnlyList<string> SecretNames =
    [
        "accreditation-evidence", "credentials", "data-protection", "demo-client", "form-pass", "identity-invitations", "issuer-keys", "mail", "party-pepper", "receipt-pepper", "release-key", "reports-files", "reports-signing", "service-client", "single-sign-on",
        "suppliers-files", "suppliers-invitations", "token-encryption-key", "token-signing-key", "web-client", "webhooks",
    ];

    /// <summary>Sections that any of our programs reads.</summary>
    private static readonly IReadOnlyList<string> Sections =
    [
        "ConnectionStrings", "Services", "Secrets", "Identity", "Organisations", "IssuerKeys", "ApiClients", "Grievances", "Accreditation", "Reports", "Mail", "Messaging", "Audit", "SingleSignOn", "Demonstration", "Logging", "Kestrel", nameof(PlatformOptions.AccessTokenTypes),
    ];

    /// <summary>Settings outside any section whose misspelling would go unseen. Not Mode: an environment is full of short names of others, and the data says which mode it has.</summary>
    private static readonly IReadOnlyList<string> Alone =
        [nameof(PlatformOptions.DataFolder), nameof(PlatformOptions.Issuer), nameof(PlatformOptions.MetadataAddress), nameof(PlatformOptions.ConfirmedForMinutes), nameof(PlatformOptions.IssuerReadEverySeconds), nameof(PlatformOptions.MachineRequestsPerMinute), nameof(PlatformOptions.Restored), nameof(PlatformOptions.TimeZone)];

    /// <summary>Where figures, traces and logs go (OpenTelemetry's own name). What is no address is passed over by the exporter, and nobody would see that nothing arrives.</summary>
    internal const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Every section and every setting outside of them.</summary>
    internal static IEnumerable<string> Names => Sections.Concat(Alone);

    internal static void Check(IConfiguration configuration, IEnumerable<OwnSettings> own, IEnumerable<string> databases)
    {
        string[] stores = [.. Programs, "erasure", .. databases];
        var known = own.Append(new("ConnectionStrings", [.. stores, .. stores.Select(s => $"{s}-migrator"), "rabbitmq"])).Append(new("Services", Programs)).Append(new("Secrets", SecretNames)).ToList();
        foreach (var section in known)
        {
            foreach (var child in configuration.GetSection(section.Section).GetChildren().Where(c => !section.Names.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
                throw new InvalidOperationException($"There is no setting {section.Section}:{child.Key}.{Meant(child.Key, section.Names, section.Section + ":")}");
        }
        if (configuration.GetSection("Services").GetChildren().FirstOrDefault(s => !ServiceDefaults.IsWebAddress(s.Value)) is { } wrong)
            throw new InvalidOperationException($"Services:{wrong.Key} is no address: write http(s)://HOST:PORT.");
        if (configuration[Collector] is { Length: > 0 } collector && !ServiceDefaults.IsWebAddress(collector))
            throw new InvalidOperationException($"{Collector} is no address: write http(s)://HOST:4317.");
        if (configuration[nameof(PlatformOptions.Mode)] is { } mode && !PlatformOptions.IsMode(mode)) throw new InvalidOperationException(PlatformOptions.NoMode);
        foreach (var setting in configuration.GetChildren().Where(c => c.Value is not null && !Alone.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (Nearest(setting.Key, Alone, shortest: 7) is { } meant) throw new InvalidOperationException($"There is no setting {setting.Key}; {meant} was perhaps meant.");
        }
        foreach (var section in configuration.GetChildren().Where(c => c.Value is null && !Sections.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (Nearest(section.Key, Sections) is { } meant) throw new InvalidOperationException($"There are no settings under {section.Key}; {meant} was perhaps meant.");
        }
    }

    /// <summary>What building a host reads already, and would then say less of: levels of logging by their value alone, and an address to listen on as a missing issuer.</summary>
    public static void CheckFirst(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (ServiceDefaults.Addresses(configuration).FirstOrDefault(a => !IsListening(a)) is { } address)
            throw new InvalidOperationException($"urls names {address}, which is no address to listen on: write http://localhost:PORT.");
        if (configuration[nameof(PlatformOptions.Mode)] == PlatformOptions.Demonstration) LoopbackOnlyInDemonstration.Check(ServiceDefaults.Addresses(configuration));
        var logging = configuration.GetSection("Logging");
        var wrong = logging.GetChildren().Select(provider => provider.GetSection("LogLevel")).Prepend(logging.GetSection("LogLevel"))
            .SelectMany(levels => levels.GetChildren()).FirstOrDefault(level => level.Value is { Length: > 0 } value && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _));
        if (wrong is not null) throw new InvalidOperationException($"{wrong.Path} must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
    }

    /// <summary>As Kestrel reads it: the host may be a star or a plus, the port is a number.</summary>
    private static bool IsListening(string address)
    {
        try
        {
            return Microsoft.AspNetCore.Http.BindingAddress.Parse(address) is { Scheme: "http" or "https", PathBase.Length: 0, Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Meant(string written, IReadOnlyList<string> names, string before) =>
        Nearest(written, names) is { } near ? $" {before}{near} was perhaps meant." : $" There are {string.Join(", ", names.Order(StringComparer.Ordinal))}.";

    /// <summary>A name that differs by two slips of the finger at most, or by one when it is shorter than that: else every USER of an environment would be an Issuer.</summary>
    private static string? Nearest(string written, IReadOnlyList<string> names, int shortest = 0) =>
        names.Select(name => (name, Slips: Slips(written.ToUpperInvariant(), name.ToUpperInvariant()))).Where(n => n.Slips <= (n.name.Length < shortest ? 1 : 2)).OrderBy(n => n.Slips).Select(n => n.name).FirstOrDefault();

    /// <summary>Letters to add, remove or change.</summary>
    private static int Slips(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++) (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}

/// <summary>A database of this process: on a server, or a file of its own.</summary>
internal sealed record DatabaseName(string Name, bool IsFile);
