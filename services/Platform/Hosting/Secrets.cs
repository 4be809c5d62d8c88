using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Secrets by name: configuration <c>Secrets:name</c> first, else a file under the data folder, made on first use, readable by its owner alone.</summary>
/// <remarks>One that was made once and is gone is never made anew: what is kept was made with it, and nobody's code or case would open with another.</remarks>
public sealed class Secrets(IConfiguration configuration, IOptions<PlatformOptions> options)
{
    /// <summary>The secret as text; a new one is 32 random bytes in base64url.</summary>
    public string Get(string name) => Get(name, () => Base64Url(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The secret, made by <paramref name="make"/> when there is none yet.</summary>
    public string Get(string name, Func<string> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (configuration[$"Secrets:{name}"] is { Length: > 0 } given) return given;

        var folder = PrivateFolder.Make(Path.Combine(options.Value.DataFolder, "secrets"));
        var file = Path.Combine(folder.FullName, name);
        // Asked once more after the mark: another process may have written both meanwhile, the secret first.
        if (!File.Exists(file) && File.Exists(MarkOf(name)) && !File.Exists(file)) throw new InvalidOperationException(IsGone(file));
        if (!File.Exists(file)) Write(file, make());
        if (!File.Exists(MarkOf(name))) Mark(name);
        return File.ReadAllText(file);
    }

    /// <summary>Whether asking for it makes none.</summary>
    public bool IsThere(string name) => configuration[$"Secrets:{name}"] is { Length: > 0 } || File.Exists(Path.Combine(options.Value.DataFolder, "secrets", name));

    /// <summary>The first secret of this data folder that was made once and is neither there nor given any more, as a sentence; null when all are there.</summary>
    internal string? Gone()
    {
        // A folder from before the marks gets them here. What is still being written has a name with a dot.
        var folder = new DirectoryInfo(Path.Combine(options.Value.DataFolder, "secrets"));
        if (folder.Exists) foreach (var there in folder.GetFiles().Where(f => !f.Name.Contains('.', StringComparison.Ordinal) && !File.Exists(MarkOf(f.Name)))) Mark(there.Name);
        var marks = new DirectoryInfo(Path.Combine(options.Value.DataFolder, Marks));
        return !marks.Exists ? null : marks.GetFiles().Select(m => m.Name).Order(StringComparer.Ordinal)
            .Where(name => configuration[$"Secrets:{name}"] is not { Length: > 0 })
            .Select(name => Path.Combine(options.Value.DataFolder, "secrets", name)).Where(file => !File.Exists(file)).Select(IsGone).FirstOrDefault();
    }

    /// <summary>The first secret, given or in its file, that protects nothing or cannot be read, as a sentence; null when there is none.</summary>
    internal string? Unusable()
    {
        foreach (var name in KnownSettings.SecretNames)
        {
            var (given, file) = (configuration[$"Secrets:{name}"], Path.Combine(options.Value.DataFolder, "secrets", name));
            // As an environment writes a secret that it was to take from elsewhere and did not find.
            if (given is "") return $"Secrets:{name} is empty: give it, or take the setting out, and one is kept in {file}.";
            if (given is null && !File.Exists(file)) continue;
            try
            {
                if (SecretForm.Wrong(name, given ?? File.ReadAllText(file)) is { } wrong) return $"{(given is null ? file : $"Secrets:{name}")} {wrong}";
            }
            catch (UnauthorizedAccessException)
            {
                return $"{file} cannot be read by this account: give it the right to, or the secret by Secrets:{name}.";
            }
        }
        return null;
    }

    private const string Marks = "secrets-made";

    private string MarkOf(string name) => Path.Combine(options.Value.DataFolder, Marks, name);

    private void Mark(string name)
    {
        PrivateFolder.Make(Path.Combine(options.Value.DataFolder, Marks));
        File.WriteAllBytes(MarkOf(name), []);
    }

    private static string IsGone(string file) =>
        $"The secret {file} is gone. What is kept here was made with it, so no other is made: bring it back from where you keep secrets (docs/backup.md).";

    /// <summary>The secret as 32 bytes of key, whatever its text.</summary>
    public byte[] GetKey(string name) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Get(name)));

    private static void Write(string file, string secret)
    {
        // Written aside and linked into place: a crash leaves either no secret or a whole one, and the first of two writers wins.
        var aside = $"{file}.{Path.GetRandomFileName()}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(aside, how))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(secret));
            stream.Flush(flushToDisk: true);
        }
        FirstFile.Place(aside, file);
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
