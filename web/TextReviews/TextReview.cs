namespace Recruitment.Web.TextReviews;

/// <summary>A person read one wording and said whether it may be shown as reviewed. Rows are added by the review screen alone and never changed: the latest about a wording counts.</summary>
internal sealed class TextReview
{
    public const int LongestNote = 500;

    /// <summary>The area of a row that is about no wording: somebody looked through this language after the restore that its key names.</summary>
    public const string OfRestores = "restores";

    public Guid Id { get; init; }

    /// <summary>The first folder below Texts, for instance workers.</summary>
    public string Area { get; init; } = "";
    public string Language { get; init; } = "";
    public string Key { get; init; } = "";

    /// <summary>Of exactly this wording (<see cref="Wording.Hash"/>): one that is edited later is a draft again by itself.</summary>
    public string Hash { get; init; } = "";

    /// <summary>False when it was taken back.</summary>
    public bool IsReviewed { get; init; }

    /// <summary>The subject of the person's account. Who that is Identity knows.</summary>
    public string By { get; init; } = "";

    /// <summary>UTC; later than what was said of this wording before, whichever clock said that.</summary>
    public DateTime At { get; init; }

    /// <summary>How it was checked, without names.</summary>
    public string? Note { get; init; }
}
