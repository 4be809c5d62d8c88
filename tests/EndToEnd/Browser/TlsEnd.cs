using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>What an operator puts in front: ends TLS for localhost and hands on http as it came, with no header of its own.</summary>
internal sealed class TlsEnd : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly X509Certificate2 certificate;
    private readonly int behind;
    private readonly CancellationTokenSource stop = new();
    private readonly Task taking;

    public TlsEnd(int port, int behind)
    {
        this.behind = behind;
        certificate = SelfSigned();
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        taking = Take();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await taking;
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task Take()
    {
        try
        {
            while (true) _ = HandOn(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task HandOn(TcpClient caller)
    {
        try
        {
            using (caller)
            using (var program = new TcpClient())
            {
                await using var outside = new SslStream(caller.GetStream());
                await outside.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                await program.ConnectAsync("localhost", behind, stop.Token);
                await using var inside = program.GetStream();
                await Task.WhenAny(outside.CopyToAsync(inside, stop.Token), inside.CopyToAsync(outside, stop.Token));
            }
        }
        catch (Exception hungUp) when (hungUp is IOException or SocketException or OperationCanceledException)
        {
            // A browser that closes a connection it opened in advance: nothing to hand on.
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
