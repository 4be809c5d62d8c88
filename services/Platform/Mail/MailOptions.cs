using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Recruitment.Platform;

/// <summary>Where mail goes, under <c>Mail</c>. Default: as files into the folder <c>mail</c> of the data folder, where a mail server on the same machine picks them up.</summary>
public sealed class MailOptions
{
    /// <summary>Whom mails are from, one address. Needed with a server; default in files: nobody.</summary>
    public string From { get; set; } = "";

    /// <summary>So often a mail is tried before it is given up. Since 2026-11: 30, with pauses from one minute to two hours some two days.</summary>
    public int Tries { get; set; } = 30;

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>The mail server that takes mails over, under <c>Mail:Smtp</c>.</summary>
    public sealed class SmtpOptions
    {
        public const string StartTls = "starttls", Tls = "tls", None = "none";

        /// <summary>Default: none, and mails are files.</summary>
        public string Host { get; set; } = "";

        /// <summary>Default 587.</summary>
        public int Port { get; set; } = 587;

        /// <summary>starttls (default), tls (from the first byte, port 465), or none: that only for a server on this machine.</summary>
        public string Security { get; set; } = StartTls;

        public string User { get; set; } = "";

        public string Password { get; set; } = "";

        internal bool IsHere => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
    }
}

/// <summary>A wrong setting stops the start with a sentence that names it.</summary>
internal sealed class MailSettingsAreRight : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options) => Wrong(options) is { } sentence ? ValidateOptionsResult.Fail(sentence) : ValidateOptionsResult.Success;

    private static string? Wrong(MailOptions options)
    {
        if (options.Tries is < 1 or > 1000) return "Mail:Tries must be between 1 and 1000.";
        var from = options.From.Length == 0 ? options.Smtp.Host.Length == 0 : MailboxAddress.TryParse(options.From, out var address) && address.Address.Contains('@', StringComparison.Ordinal);
        if (!from) return "Mail:From must be one mail address: mail servers want to know whom a mail is from.";
        var smtp = options.Smtp;
        if (smtp.Host.Length == 0) return smtp.User.Length + smtp.Password.Length == 0 ? null : "Mail:Smtp:Host is missing, though Mail:Smtp:User or Mail:Smtp:Password is given.";
        if (smtp.Port is < 1 or > 65535) return "Mail:Smtp:Port must be between 1 and 65535.";
        if (smtp.Security is not (MailOptions.SmtpOptions.StartTls or MailOptions.SmtpOptions.Tls or MailOptions.SmtpOptions.None)) return "Mail:Smtp:Security must be starttls, tls or none.";
        if (smtp.Security == MailOptions.SmtpOptions.None && !smtp.IsHere) return "Mail:Smtp:Security must be starttls or tls: only a server on this machine gets mails unencrypted.";
        if (smtp.User.Length > 0 != smtp.Password.Length > 0) return "Mail:Smtp:User and Mail:Smtp:Password are given together or not at all.";
        return null;
    }
}

/// <summary>Mails that are files need a folder that can be written.</summary>
internal sealed class MailFolderIsWritable(IOptions<MailOptions> mail, IOptions<PlatformOptions> platform) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (mail.Value.Smtp.Host.Length > 0) return Task.CompletedTask;
        var folder = MailFolder.Of(platform.Value);
        try
        {
            using var probe = File.Create(Path.Combine(PrivateFolder.Make(folder).FullName, $".{Path.GetRandomFileName()}"), 1, FileOptions.DeleteOnClose);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Mails cannot be written to {folder}: mend the folder, or name a mail server in Mail:Smtp:Host.", problem);
        }
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
