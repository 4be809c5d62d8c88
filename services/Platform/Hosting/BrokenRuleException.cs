namespace Recruitment.Platform;

/// <summary>A request that a business rule forbids. Answered as 409 with the problem type <c>urn:recruitment:code</c>.</summary>
/// <param name="code">Stable, for programs: lower case with hyphens.</param>
/// <param name="sentence">For people: what is wrong and what to do. No personal data.</param>
public sealed class BrokenRuleException(string code, string sentence) : Exception(sentence)
{
    public string Code { get; } = code;
}
