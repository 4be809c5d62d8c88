namespace Recruitment.Grievances.Signals;

/// <summary>Releases signals on the day that was drawn, by the business clock, which the demonstration can move.</summary>
/// <remarks>
/// A release asks Suppliers and the store of erasure keys, so it happens before the row's own transaction; <see cref="DueRelease.DoneOn"/> makes it happen once. The row's
/// time is that of the next release, which stands in clear there as well.
/// </remarks>
internal sealed class ReleaseWhenDue(ReleaseSignals releases) : IDueWork, IActsFirst
{
    public const string Kind = "release-signals";
    private DateTime next;

    public async Task Act(string subject, CancellationToken stop) => next = await releases.DoWhatIsDue(stop);

    /// <summary>A day that has come in the meantime is due at once.</summary>
    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(next);
}
