namespace Recruitment.Testing;

/// <summary>For what happens by itself.</summary>
public static class Wait
{
    /// <summary>Looks 20 times a second; fails with <paramref name="what"/> after 30 seconds.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Waited 30 s: {what}.");
    }
}
