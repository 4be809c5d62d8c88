namespace Recruitment.Grievances.Cases;

/// <summary>What is sealed later, from either side.</summary>
internal sealed record Said(string Text);
