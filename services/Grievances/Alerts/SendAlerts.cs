namespace Recruitment.Grievances.Alerts;

/// <summary>Puts a mail without any content about a case into the drop folder for everybody on duty; a mail server picks it up there.</summary>
internal sealed class SendAlerts(IServiceScopeFactory scopes, MailDrop drop, TimeProvider time, ILogger<SendAlerts> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await Send(scope.ServiceProvider.GetRequiredService<GrievancesDb>(), stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning("An alert could not be sent and will be tried again: {Kind}", problem.GetType().Name);
            }
        }
    }

    private async Task Send(GrievancesDb db, CancellationToken stop)
    {
        foreach (var alert in await db.Alerts.ToListAsync(stop))
        {
            if (!alert.Claim(time.GetUtcNow().UtcDateTime, Lease)) continue;
            // The lease is a concurrency token: whoever comes second fails here and sends nothing.
            await db.SaveChangesAsync(stop);

            if (await db.Readers.Where(r => r.Id == alert.ReaderId && !r.HasLeft).Select(r => r.AlertAddress).SingleOrDefaultAsync(stop) is { } address) drop.Put(alert.Id, address);
            db.Remove(alert);
            await db.SaveChangesAsync(stop);
        }
    }
}

/// <summary>A folder of mails, as mail servers on the same machine read them.</summary>
internal sealed class MailDrop(Microsoft.Extensions.Options.IOptions<PlatformOptions> platform)
{
    public void Put(Guid id, string address)
    {
        var folder = Directory.CreateDirectory(Path.Combine(platform.Value.DataFolder, "mail")).FullName;
        var file = Path.Combine(folder, $"{id}.eml");
        // Written aside and moved into place: nobody picks up half a mail, and the same alert twice is one file.
        File.WriteAllText($"{file}.new", $"To: {address}\r\nSubject: Please look at your list\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSomething on your list cannot wait. Sign in to see it.\r\n");
        File.Move($"{file}.new", file, overwrite: true);
    }
}
