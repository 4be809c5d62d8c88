namespace Recruitment.Web.TextReviews;

/// <summary>A person read one wording and said whether it may be shown as reviewed. Rows are added by the review screen alone and never changed: the latest about a wording counts.</summary>
internal sealed class TextReview
{
    public const int LongestNote = 500;

    public Guid Id { get; init; }

    /// <summary>The first folder below Texts, for instance workers.</summary>
    public string Area { get; init; } = "";
    public string Language { get; init; } = "";
    public string Key { get; init; } = "";

    /// <summary>Of exactly this wording (<see cref="Wording.Hash"/>): one that is edited later is a draft again by itself.</summary>
    public string Hash { get; init; } = "";

    /// <summary>False when it was taken back.</summary>
    public bool IsReviewed { get; init; }

    /// <summary>The account of the person. Who that is Identity knows.</summary>
    public Guid By { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>How it was checked, without names.</summary>
    public string? Note { get; init; }
}
