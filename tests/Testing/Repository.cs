namespace Recruitment.Testing;

/// <summary>Where the product's files lie from which tests read.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Recruitment.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("Recruitment.sln was not found above the tests.");
        return folder;
    }
}
