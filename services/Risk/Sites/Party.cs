namespace Recruitment.Risk.Sites;

/// <summary>An organisation as Suppliers last published it. Whom it belongs to is kept apart (<see cref="Owner"/>).</summary>
internal sealed class Party
{
    public required Guid Id { get; init; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Country { get; set; } = "";
    public string Status { get; set; } = "";
}
