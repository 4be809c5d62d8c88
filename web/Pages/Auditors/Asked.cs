using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>What in a text just refused may point to a person, and the reasons typed for what stays.</summary>
public sealed class Asked(HttpRequest request)
{
    /// <summary>Why a place stays, as typed: <c>keep-</c> and its id.</summary>
    public const string Field = "keep-";

    private readonly Dictionary<string, IReadOnlyList<AccreditationClient.Hit>> hits = [];

    public IReadOnlyList<AccreditationClient.Kept> Kept { get; } = !request.HasFormContentType ? [] :
    [
        .. request.Form.Where(f => f.Key.StartsWith(Field, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(f.Value))
            .Select(f => new AccreditationClient.Kept(f.Key[Field.Length..], f.Value.ToString().Trim())),
    ];

    /// <summary>Reasons typed for places that this page does not show: they travel on.</summary>
    public IEnumerable<AccreditationClient.Kept> Elsewhere => Kept.Where(k => hits.Values.All(shown => shown.All(h => h.Id != k.Hit)));

    /// <summary>The reasons, where the form that they were typed in is not offered any more.</summary>
    public IEnumerable<(string? Label, string Text)> ToCopy => Kept.Select(k => ((string?)"Reason for words that stay", k.Reason));

    public IReadOnlyList<AccreditationClient.Hit> In(string where) => hits.GetValueOrDefault(where, []);

    public string? Reason(AccreditationClient.Hit hit) => Kept.FirstOrDefault(k => k.Hit == hit.Id)?.Reason;

    /// <summary>To be shown beside the text of this place.</summary>
    public void Show(string where, IReadOnlyList<AccreditationClient.Hit> found) => hits[where] = found;
}
