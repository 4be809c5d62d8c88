using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Practice;

/// <summary>The questions about practice, as dated data: a new wording is a new version, and answers say which they answer.</summary>
internal static class Questions
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Catalogue Current { get; } = Read();

    private static Catalogue Read()
    {
        using var file = typeof(Questions).Assembly.GetManifestResourceStream("questions.json")!;
        return Check(JsonSerializer.Deserialize<Catalogue>(file, Web)!);
    }

    /// <summary>A question about nothing that is scored would be answered in vain, so it stops the start.</summary>
    public static Catalogue Check(Catalogue catalogue) => catalogue.Questions.FirstOrDefault(q => !Topics.Has(q.Topic)) is { } wrong
        ? throw new InvalidOperationException($"The question {wrong.Code} has the unknown topic {wrong.Topic}.")
        : catalogue;
}

/// <summary>All questions of one version.</summary>
internal sealed record Catalogue(string Version, string AsOf, IReadOnlyList<Question> Questions);

/// <summary>One question; "declined" and "not_asked" are answers to every one.</summary>
internal sealed record Question(string Code, string Topic, string Text, IReadOnlyList<Option> Options);

/// <summary>One answer.</summary>
internal sealed record Option(string Code, string Text);
