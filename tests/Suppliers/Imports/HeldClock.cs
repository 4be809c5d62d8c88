namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>A clock that goes on only when it is moved, and its alarms with it.</summary>
internal sealed class HeldClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = System.GetUtcNow();

    public DateTime Now => GetUtcNow().UtcDateTime;

    public int Alarms
    {
        get
        {
            lock (gate) return alarms.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Move(TimeSpan by)
    {
        List<Alarm> due;
        lock (gate)
        {
            now += by;
            due = alarms.FindAll(a => a.At <= now);
            foreach (var alarm in due) alarm.Set(now, alarm.Every, alarm.Every);
        }
        foreach (var alarm in due) alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (gate) alarms.Add(alarm);
        return alarm;
    }

    private sealed class Alarm(HeldClock clock, Action ring) : ITimer
    {
        public DateTimeOffset At { get; private set; } = DateTimeOffset.MaxValue;

        public TimeSpan Every { get; private set; }

        public void Ring() => ring();

        public void Set(DateTimeOffset from, TimeSpan dueTime, TimeSpan period) =>
            (At, Every) = (dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : from + dueTime, period);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate) Set(clock.now, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
