using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Recruitment.Platform;

/// <summary>A mail server over SMTP. One connection for mails that follow each other closely, closed when none does.</summary>
internal sealed class MailServer(IOptions<MailOptions> options, TimeProvider time) : IMailWay, IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim one = new(1);
    private readonly MailOptions.SmtpOptions smtp = options.Value.Smtp;
    private SmtpClient? client;
    private DateTimeOffset lastUsed;
    private ITimer? idle;

    public async Task Send(MimeMessage mail, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            // A server may end a connection whenever it waits for the next mail. Asked before, for one that ends it later may have taken the mail.
            if (client is { IsConnected: true } && !await IsOpen(client, stop)) Drop();
            await SendOver(mail, stop);
        }
        catch (Exception problem) when (problem is ProtocolException or CommandException or IOException or SocketException or AuthenticationException or SslHandshakeException or TimeoutException or NotSupportedException)
        {
            if (problem is not SmtpCommandException) Drop();
            throw NotTaken(problem);
        }
        finally
        {
            lastUsed = time.GetUtcNow();
            idle ??= time.CreateTimer(_ => CloseWhenIdle(), null, Idle, Idle);
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Waits for what it began.
        if (idle is not null) await idle.DisposeAsync();
        Drop();
        one.Dispose();
    }

    private static async Task<bool> IsOpen(SmtpClient used, CancellationToken stop)
    {
        try
        {
            await used.NoOpAsync(stop);
            return true;
        }
        catch (Exception cut) when (cut is IOException or SocketException or SmtpProtocolException or SmtpCommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    private async Task SendOver(MimeMessage mail, CancellationToken stop)
    {
        if (client is not { IsConnected: true }) await Connect(stop);
        await client!.SendAsync(mail, stop);
    }

    private async Task Connect(CancellationToken stop)
    {
        Drop();
        // A question about the certificate's revocation would tell a third server that mail is being sent.
        client = new SmtpClient { Timeout = 30_000, CheckCertificateRevocation = false };
        var security = smtp.Security switch
        {
            MailOptions.SmtpOptions.Tls => SecureSocketOptions.SslOnConnect,
            MailOptions.SmtpOptions.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await client.ConnectAsync(smtp.Host, smtp.Port, security, stop);
        if (smtp.User.Length > 0) await client.AuthenticateAsync(smtp.User, smtp.Password, stop);
    }

    private void CloseWhenIdle()
    {
        // Looked at only while nobody sends: who does may drop it at any moment.
        if (!one.Wait(0)) return;
        try
        {
            if (client is null || time.GetUtcNow() - lastUsed < Idle) return;
            client.Disconnect(quit: true);
            Drop();
        }
        catch (Exception problem) when (problem is IOException or SocketException or ProtocolException or CommandException)
        {
            // It is closed either way.
            Drop();
        }
        finally
        {
            one.Release();
        }
    }

    private void Drop()
    {
        client?.Dispose();
        client = null;
    }

    /// <summary>
    /// Only what a server says for good about the address or the mail ends it. That it does not want this sender, or not without another sign-in, is for the operator to mend, and
    /// until then mails wait.
    /// </summary>
    private static MailNotTakenException NotTaken(Exception problem)
    {
        if (problem is not SmtpCommandException { ErrorCode: var what, StatusCode: var code }) return new($"The mail server could not be used ({problem.GetType().Name}).", forGood: false);

        var number = ((int)code).ToString(CultureInfo.InvariantCulture);
        var meaning = what switch
        {
            SmtpErrorCode.RecipientNotAccepted => "the address",
            SmtpErrorCode.SenderNotAccepted => "the sender (Mail:From)",
            SmtpErrorCode.MessageNotAccepted => "the mail",
            _ => "the request",
        };
        var forGood = (int)code >= 500 && (what is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);
        return new($"The mail server did not accept {meaning} ({number}).", forGood);
    }
}
