using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>A DNS server on this machine, in place of those of the world: it knows the TXT entries that a test makes, and answers as RFC 1035 says.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly UdpClient udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource over = new();
    private readonly Task answering;

    public NameServer() => answering = Answer();

    public ConcurrentDictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Address => $"127.0.0.1:{((IPEndPoint)udp.Client.LocalEndPoint!).Port}";

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        udp.Dispose();
        await answering;
        over.Dispose();
    }

    private async Task Answer()
    {
        while (!over.IsCancellationRequested)
        {
            UdpReceiveResult asked;
            try
            {
                asked = await udp.ReceiveAsync(over.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            await udp.SendAsync(To(asked.Buffer), asked.RemoteEndPoint);
        }
    }

    private byte[] To(byte[] asked)
    {
        var (name, end) = NameIn(asked);
        var answer = new List<byte>(asked[..2]);
        var known = Texts.TryGetValue(name, out var text);
        answer.AddRange([0x81, known ? (byte)0x80 : (byte)0x83, 0, 1, 0, known ? (byte)1 : (byte)0, 0, 0, 0, 0]);
        answer.AddRange(asked[12..end]);
        if (!known) return [.. answer];

        var value = Encoding.ASCII.GetBytes(text!);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(value.Length + 1));
        answer.AddRange([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, .. length, (byte)value.Length, .. value]);
        return [.. answer];
    }

    /// <summary>The first question's name, and where the question ends.</summary>
    private static (string Name, int End) NameIn(byte[] asked)
    {
        var (labels, at) = (new List<string>(), 12);
        for (; asked[at] != 0; at += asked[at] + 1) labels.Add(Encoding.ASCII.GetString(asked, at + 1, asked[at]));
        return (string.Join('.', labels), at + 5);
    }
}
