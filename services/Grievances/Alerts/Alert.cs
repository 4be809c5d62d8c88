using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Alerts;

/// <summary>Somebody on duty must look now. It names no case, and goes when it was sent.</summary>
internal sealed class Alert
{
    private Alert() { }

    public Guid Id { get; private init; }
    public Guid ReaderId { get; private init; }

    /// <summary>A lease: who may try until when, so that two replicas send one mail.</summary>
    public DateTime? LeaseUntil { get; private set; }
    public Guid? LeaseOwner { get; private set; }

    public static Alert Of(Guid reader) => new() { Id = RandomId.New(), ReaderId = reader };

    public bool Claim(DateTime now, TimeSpan lease)
    {
        if (LeaseUntil > now) return false;
        (LeaseOwner, LeaseUntil) = (RandomId.New(), now + lease);
        return true;
    }
}

internal static class Alerting
{
    /// <summary>One row for each reader of the case who is on duty and wants mails, in the same transaction as what caused it.</summary>
    public static async Task AlertReadersOf(this GrievancesDb db, Grievance grievance, CancellationToken stop)
    {
        var holders = grievance.Keys.Where(k => k.ReaderId is not null).Select(k => k.ReaderId!.Value).Distinct().ToList();
        var onDuty = await db.Readers.Where(r => r.Intake && !r.HasLeft && r.AlertAddress != null && holders.Contains(r.Id)).Select(r => r.Id).ToListAsync(stop);
        db.AddRange(onDuty.Select(Alert.Of));
    }
}
