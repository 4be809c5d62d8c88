namespace Recruitment.Grievances.Erasure;

/// <summary>A worker deleted what this form had filed under this receipt: sent again by a page that her phone still has, it must not come back.</summary>
internal sealed class DeletedForm
{
    /// <summary>A page of the form lasts a day (web's ToldState), and one that is loaded again meanwhile another.</summary>
    private const int Days = 2;

    /// <summary>Derived from receipt and form together: neither alone leads to it, so the code is as one that was never used.</summary>
    public string LookupId { get; private init; } = "";

    /// <summary>Forgotten after it.</summary>
    public DateOnly LastDay { get; private init; }

    public static DeletedForm Of(string lookupId, DateOnly today) => new() { LookupId = lookupId, LastDay = today.AddDays(Days) };
}
