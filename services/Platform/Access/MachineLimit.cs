using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Recruitment.Platform;

/// <summary>So many requests of one machine in a minute, evenly or all at once. Counted by who the machine is, in each process; never by an address.</summary>
public static class MachineLimit
{
    public static PartitionedRateLimiter<string> PerMinute(int requests) => PartitionedRateLimiter.Create<string, string>(machine => RateLimitPartition.GetTokenBucketLimiter(machine, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = requests, TokensPerPeriod = Math.Max(1, requests / 60), ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60 / requests)), QueueLimit = 0,
    }));

    /// <summary>429 with the seconds until there is room again.</summary>
    public static async Task Refuse(HttpContext context, RateLimitLease lease, IProblemDetailsService problems)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(problems);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Type = "urn:recruitment:too-many-requests", Detail = "This client asks more often than it may. Nothing was done: wait as long as Retry-After says, then go on more slowly." },
        });
    }
}
