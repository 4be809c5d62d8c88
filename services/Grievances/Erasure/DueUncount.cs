namespace Recruitment.Grievances.Erasure;

/// <summary>Counts no more, and is still to be listed, so that a restore does not count it again. It names no case, and goes when it is listed.</summary>
internal sealed class DueUncount
{
    public string TokenHash { get; init; } = "";
}
