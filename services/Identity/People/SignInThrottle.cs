using System.Threading.RateLimiting;

namespace Recruitment.Identity.People;

/// <summary>Ten tries, right or wrong, in five minutes for one account from one address. Behind a gateway all share its address: there it is ten for the account.</summary>
internal sealed class SignInThrottle : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(5) }));

    public bool Allows(string email, string address)
    {
        using var lease = limiter.AttemptAcquire($"{email.ToUpperInvariant()}|{address}");
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
