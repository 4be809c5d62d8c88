using System.Diagnostics;
using Recruitment.Testing;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>Makes a fault happen and ends it: when it returns everything has been started again, though it may not answer yet.</summary>
internal sealed class Injection(Running running, Servers servers, IReadOnlyDictionary<string, Line> lines, SmallDisk? disk, Random random)
{
    private static readonly string[] Ours = [Fault.Broker, Fault.Database];

    /// <summary>Since the cause was taken away: since whoever was ended was told to start, what was frozen went on, or a line was cut.</summary>
    public Stopwatch Over { get; } = new();

    public async Task Commit(Fault fault)
    {
        switch (fault.Kind)
        {
            case Fault.Killed when Ours.Contains(fault.Target):
                await servers.Kill(fault.Target);
                await Task.Delay(fault.For);
                Over.Restart();
                await servers.Start(fault.Target);
                break;
            case Fault.Killed:
                await running.Program(Name(fault)).Kill();
                await Task.Delay(fault.For);
                Over.Restart();
                running.StartProgramAgain(Name(fault));
                break;
            case Fault.KilledAgain:
                await running.Program(Name(fault)).Kill();
                Over.Restart();
                running.StartProgramAgain(Name(fault));
                await Task.Delay(fault.For);
                await running.Program(Name(fault)).Kill();
                Over.Restart();
                running.StartProgramAgain(Name(fault));
                break;
            case Fault.KilledTogether:
                await Task.WhenAll(servers.Kill(Fault.Database), running.Program(fault.Target).Kill());
                await Task.Delay(fault.For);
                Over.Restart();
                await servers.Start(Fault.Database);
                running.StartProgramAgain(fault.Target);
                break;
            case Fault.Stopped when fault.Target == Fault.Broker:
                await servers.StopBroker();
                await Task.Delay(fault.For);
                Over.Restart();
                await servers.Start(Fault.Broker);
                break;
            case Fault.Stopped:
                await running.Program(Name(fault)).Stop();
                Over.Restart();
                running.StartProgramAgain(Name(fault));
                break;
            case Fault.Frozen when Ours.Contains(fault.Target):
                await servers.Freeze(fault.Target);
                await Task.Delay(fault.For);
                Over.Restart();
                await servers.Thaw(fault.Target);
                break;
            case Fault.Frozen:
                await running.Program(Name(fault)).Freeze();
                await Task.Delay(fault.For);
                Over.Restart();
                await running.Program(Name(fault)).Thaw();
                break;
            case Fault.Cut:
                Over.Restart();
                lines[fault.Target].Cut();
                break;
            case Fault.Slow:
                lines[fault.Target].Slow(TimeSpan.FromMilliseconds(100));
                await Task.Delay(fault.For);
                Over.Restart();
                lines[fault.Target].Slow(TimeSpan.Zero);
                break;
            case Fault.DiskFull when fault.Target == Fault.Broker:
                await servers.FillBroker();
                await Task.Delay(fault.For);
                Over.Restart();
                await servers.FreeBroker();
                break;
            case Fault.DiskFull when fault.Target == Fault.Database:
                disk!.Fill();
                await Task.Delay(fault.For);
                Over.Restart();
                disk.Free();
                // With no room for its log it ends itself, and its operator starts it again.
                if (!await servers.Runs(Fault.Database)) await servers.Start(Fault.Database);
                break;
            case Fault.DiskFull:
                disk!.Fill();
                await Task.Delay(fault.For);
                Over.Restart();
                disk.Free();
                break;
            case Fault.Second:
                await Second(fault);
                break;
            case Fault.Upgraded:
                await running.Upgrade(fault.Target, fault.For);
                Over.Restart();
                break;
            case Fault.Restarted:
                await Task.WhenAll(running.Programs.ToList().Select(p => running.Program(p).Stop()));
                Over.Restart();
                await StartInAnyOrder();
                break;
            case Fault.PowerCut:
                await Task.WhenAll([.. running.Programs.ToList().Select(p => running.Program(p).Kill()), .. Ours.Select(servers.Kill)]);
                Over.Restart();
                var back = Ours.Select(servers.Start).ToList();
                await StartInAnyOrder();
                await Task.WhenAll(back);
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to make this happen: {fault}.");
        }
    }

    /// <summary>Two on one database and one broker; the load goes on, and one of them is killed. The first is the one that requests reach.</summary>
    private async Task Second(Fault fault)
    {
        var second = await running.SecondOf(fault.Target);
        await Task.Delay(TimeSpan.FromSeconds(1) + fault.For);
        if (random.Next(2) == 0)
        {
            await second.Kill();
            Over.Restart();
            return;
        }
        await running.Program(fault.Target).Kill();
        await Task.Delay(fault.For);
        Over.Restart();
        running.StartProgramAgain(fault.Target);
        await running.Program(fault.Target).Answers("health/ready");
        await second.Stop();
    }

    private async Task StartInAnyOrder()
    {
        var programs = running.Programs.ToArray();
        random.Shuffle(programs);
        foreach (var program in programs)
        {
            running.StartProgramAgain(program);
            await Task.Delay(random.Next(0, 300));
        }
    }

    private string Name(Fault fault) => running.Programs.Contains(fault.Target) ? fault.Target : running.Programs.Single();
}
