using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Alerts;

internal static class Alerting
{
    /// <summary>A mail without any content for each reader of the case who is on duty and wants one, in the same transaction as what caused it. It names no case, and goes when it was sent.</summary>
    public static async Task AlertReadersOf(this GrievancesDb db, Grievance grievance, CancellationToken stop)
    {
        var holders = grievance.Keys.Where(k => k.ReaderId is not null).Select(k => k.ReaderId!.Value).Distinct().ToList();
        var onDuty = await db.Readers.Where(r => r.Intake && !r.HasLeft && r.AlertAddress != null && holders.Contains(r.Id)).Select(r => r.AlertAddress!).ToListAsync(stop);
        foreach (var address in onDuty) db.SendMail(address, "Please look at your list", "Something on your list cannot wait. Sign in to see it.\r\n", leavesNoTrace: true);
    }
}
