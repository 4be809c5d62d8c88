namespace Recruitment.Risk.Sites;

/// <summary>A place where people work, as its supplier says. A brand reads it, and what is scored from it, only once the supplier shares with that brand.</summary>
internal sealed class Site
{
    public required Guid Id { get; init; }
    public Guid PartyId { get; set; }
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string? Province { get; set; }
    public string? Sector { get; set; }
    public string Status { get; set; } = "";
    /// <summary>When its supplier said that nobody works there any more, where that was told.</summary>
    public DateOnly? EndedOn { get; set; }
    public int? WorkersTotal { get; set; }
    /// <summary>Feeds only the "support needed" figure.</summary>
    public int? MigrantWorkers { get; set; }
}
