using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Recruitment.Platform;

/// <summary>A setting that cannot be read as what it is stops the start by its name and in plain words, before the binder says so in its own.</summary>
internal static class NumbersAreNumbers
{
    /// <summary>Looks at every option of this type under the section; an empty section is the settings outside any.</summary>
    public static void Check<TOptions>(IConfiguration configuration, string section = "")
    {
        foreach (var option in typeof(TOptions).GetProperties().Where(p => p.CanWrite))
        {
            var name = section.Length == 0 ? option.Name : $"{section}:{option.Name}";
            Check(configuration, name, option.PropertyType);
        }
    }

    private static void Check(IConfiguration configuration, string name, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (What(plain) is not { } what || configuration[name] is not { } given || (given.Length == 0 && plain != type)) return;
        try
        {
            _ = TypeDescriptor.GetConverter(plain).ConvertFromInvariantString(given);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or NotSupportedException || wrong.InnerException is FormatException or OverflowException)
        {
            throw new InvalidOperationException($"{name} must be {what}, and is '{given}'.", wrong);
        }
    }

    private static string? What(Type type) =>
        type == typeof(int) ? "a whole number"
        : type == typeof(bool) ? "true or false"
        : null;
}
