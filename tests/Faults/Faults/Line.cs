using System.Net;
using System.Net.Sockets;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>The line to a server, which can be cut and made slow: a relay on a port of its own in front of it.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int behind;
    private readonly HashSet<(TcpClient, TcpClient)> open = [];
    private readonly CancellationTokenSource closed = new();
    private readonly Task listening;
    private volatile int delay;

    public Line(int behind)
    {
        this.behind = behind;
        listener.Start();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every connection breaks now; new ones are made at once.</summary>
    public void Cut()
    {
        lock (open)
        {
            foreach (var (near, far) in open)
            {
                // A reset, as from a machine in between that lost its memory, not a farewell.
                near.LingerState = new LingerOption(true, 0);
                near.Dispose();
                far.Dispose();
            }
            open.Clear();
        }
    }

    /// <summary>Whatever arrives waits so long before it goes on; zero ends it.</summary>
    public void Slow(TimeSpan by) => delay = (int)by.TotalMilliseconds;

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Stop();
        Cut();
        await listening;
        closed.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Carry(await listener.AcceptTcpClientAsync(closed.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task Carry(TcpClient near)
    {
        var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, behind, closed.Token);
            lock (open) open.Add((near, far));
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The other end sees it broken as well.
        }
        lock (open) open.Remove((near, far));
        near.Dispose();
        far.Dispose();
    }

    private async Task Copy(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 << 10];
        var (source, target) = (from.GetStream(), to.GetStream());
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, closed.Token)) > 0;)
            {
                if (delay > 0) await Task.Delay(delay, closed.Token);
                await target.WriteAsync(buffer.AsMemory(0, read), closed.Token);
            }
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Ends the pair.
        }
    }
}
