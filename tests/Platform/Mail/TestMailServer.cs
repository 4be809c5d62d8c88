using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Recruitment.Platform.Tests.Mails;

/// <summary>Somebody else's mail server: takes, refuses, puts off or cuts off by the name before the @.</summary>
internal sealed class TestMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;

    public TestMailServer()
    {
        listener.Start();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was taken, headers and all.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    /// <summary>Of every mail that was offered whole, taken or not, its Message-ID.</summary>
    public ConcurrentQueue<string> Offered { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Answers by the name before the @: 550 for "nobody", 451 for "later", no answer after the mail for "cut", 554 after it for "spam".</summary>
    public ConcurrentDictionary<string, bool> Mended { get; } = [];

    /// <summary>Ends the connection after each mail, as busy servers do.</summary>
    public bool HangsUp { get; set; }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                _ = Talk(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        try
        {
            using var _ = client;
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            var name = "";
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "RCPT") name = line.Split('<')[1].Split('@')[0];
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    if (!await Take(name, reader, writer)) return;
                    if (HangsUp) return;
                    continue;
                }
                await writer.WriteLineAsync(verb switch
                {
                    "EHLO" => "250-test\r\n250 ENHANCEDSTATUSCODES",
                    "RCPT" when name == "nobody" => "550 5.1.1 <nobody@example.org> Anna Nobody is unknown here",
                    "RCPT" when name == "later" && !Mended.ContainsKey("later") => "451 4.7.1 come back later",
                    "MAIL" when line.Contains("unwanted", StringComparison.Ordinal) => "550 5.7.1 not this sender",
                    "QUIT" => "221 bye",
                    _ => "250 2.0.0 ok",
                });
                if (verb == "QUIT") return;
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Hung up.
        }
    }

    private async Task<bool> Take(string name, StreamReader reader, StreamWriter writer)
    {
        var whole = new List<string>();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") whole.Add(line);
        Offered.Enqueue(whole.Single(l => l.StartsWith("Message-I", StringComparison.OrdinalIgnoreCase)));
        if (name == "cut" && !Mended.ContainsKey("cut")) return false;
        if (name == "spam")
        {
            await writer.WriteLineAsync("554 5.7.1 looks like spam");
            return true;
        }
        Taken.Enqueue(string.Join('\n', whole));
        await writer.WriteLineAsync("250 2.0.0 taken");
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        stop.Dispose();
    }
}
