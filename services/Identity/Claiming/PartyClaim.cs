namespace Recruitment.Identity.Claiming;

/// <summary>What the operator decided about who answers for an organisation. Where nothing was decided, the claim of its first member is pending.</summary>
internal sealed class PartyClaim
{
    public const string Pending = "pending";
    public const string Verified = "verified";
    public const string Refused = "refused";

    /// <summary>On what a decision rests. What was said and by whom stays out: the organisation's own papers are with it.</summary>
    public static IReadOnlyList<string> Bases { get; } = ["register_extract", "letter_of_the_organisation", "called_back_on_a_known_number", "met_on_site", "mail_of_its_own_domain"];

    public Guid PartyId { get; private init; }
    public int Version { get; private set; }
    public string State { get; private set; } = Pending;
    public string Basis { get; private set; } = "";
    public string Note { get; private set; } = "";
    public string DecidedBy { get; private set; } = "";
    public DateTime DecidedAt { get; private set; }

    public static PartyClaim Of(Guid party) => new() { PartyId = party };

    public void Decide(string state, string basis, string note, string by, DateTime now)
    {
        (State, Basis, Note, DecidedBy, DecidedAt) = (state, basis, note, by, now);
        Version++;
    }
}
