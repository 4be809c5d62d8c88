using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>How many refusals of one caller, or of one act before anybody is known, are written down: enough to see what is tried, and not so many that whoever tries fills the disk.</summary>
internal sealed class RefusalsKept(IOptions<AuditOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> kept = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetFixedWindowLimiter(caller,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.RefusalsAMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Whether one more of this caller, or of this act, is written.</summary>
    public bool Take(string whose)
    {
        using var lease = kept.AttemptAcquire(whose);
        return lease.IsAcquired;
    }

    public void Dispose() => kept.Dispose();
}
