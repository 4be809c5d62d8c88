namespace Recruitment.Testing;

/// <summary>For what happens by itself.</summary>
public static class Wait
{
    /// <summary>Looks 20 times a second; fails with <paramref name="what"/> after 55 seconds: long for a busy machine, and short of the minute that work waits which another has taken.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        var from = System.Diagnostics.Stopwatch.StartNew();
        while (from.Elapsed < TimeSpan.FromSeconds(55))
        {
            if (await holds()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Waited 55 s: {what}.");
    }
}
