using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>For work that a service does by itself when its time has come.</summary>
public static class DueWorkDone
{
    /// <summary>Waits until nothing of that kind is due or under way.</summary>
    public static Task Of<TDb>(IServiceProvider services, string kind)
        where TDb : ServiceDb => Wait.Until(async () =>
        {
            await using var scope = services.CreateAsyncScope();
            var (now, business) = (services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, services.GetRequiredService<BusinessClock>().Now);
            return !await scope.ServiceProvider.GetRequiredService<TDb>().Set<DueRow>()
                .AnyAsync(r => r.Kind == kind && (r.LeaseOwner != null || r.DueAt <= (r.BusinessTime ? business : now)));
        }, $"{kind} was not done");
}
