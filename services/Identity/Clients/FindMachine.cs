using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.Clients;

/// <summary>The machine that asks for a token.</summary>
internal static class FindMachine
{
    /// <summary>Null when it is unknown, has ended or expired. The day is noted as its last use: an owner sees what nobody needs any more, and no hour of anybody's work.</summary>
    public static async Task<MachineClient?> ThatMayAct(IdentityDb db, string? clientId, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var machine = await db.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.ClientId == clientId, stop);
        if (machine is null || !machine.MayAct(now)) return null;

        if (machine.CreatedAt is not null && machine.LastUsedOn != now.Date)
            await db.Machines.Where(m => m.ClientId == clientId).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastUsedOn, now.Date), stop);
        return machine;
    }
}
