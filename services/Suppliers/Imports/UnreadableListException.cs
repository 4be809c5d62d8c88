namespace Recruitment.Suppliers.Imports;

/// <summary>The file as a whole cannot be read; the sentence tells its sender what to do.</summary>
internal sealed class UnreadableListException(string code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public string Code { get; } = code;

    /// <summary>Not a list that is damaged, but a file of a kind that we do not read.</summary>
    public bool IsAnotherKind => Code.StartsWith("is-", StringComparison.Ordinal);
}
