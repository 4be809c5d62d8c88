using System.Text.Json;

namespace Recruitment.Suppliers.Practice;

/// <summary>The questions about practice, as dated data: a new wording is a new version, and answers say which they answer.</summary>
internal static class Questions
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Catalogue Current { get; } = Read();

    private static Catalogue Read()
    {
        using var file = typeof(Questions).Assembly.GetManifestResourceStream("questions.json")!;
        return JsonSerializer.Deserialize<Catalogue>(file, Web)!;
    }
}

/// <summary>All questions of one version.</summary>
internal sealed record Catalogue(string Version, string AsOf, IReadOnlyList<Question> Questions);

/// <summary>One question; "declined" and "not_asked" are answers to every one.</summary>
internal sealed record Question(string Code, string Topic, string Text, IReadOnlyList<Option> Options);

/// <summary>One answer.</summary>
internal sealed record Option(string Code, string Text);
