using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Recruitment.Accreditation.Tests;

/// <summary>Readers of a page see what a request's field lacks: in a sentence of ours, not the framework's.</summary>
public sealed class OwnSentencesTests
{
    [Fact]
    public void Every_field_that_can_be_refused_says_so_in_our_own_words() =>
        Assert.Empty(WithoutSentence(typeof(AccreditationService).Assembly.GetTypes()));

    [Fact]
    public void A_field_without_a_sentence_is_found() => Assert.Equal(["Wordless.Name"], WithoutSentence([typeof(Wordless)]));

    private static IEnumerable<string> WithoutSentence(IEnumerable<Type> types) =>
        from type in types
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where property.GetCustomAttributes<ValidationAttribute>().Any(a => a.ErrorMessage is null)
        select $"{type.Name}.{property.Name}";

    private sealed record Wordless([property: Required] string Name);
}
