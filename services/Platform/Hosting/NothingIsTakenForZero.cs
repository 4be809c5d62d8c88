using System.Text.Json.Serialization.Metadata;

namespace Recruitment.Platform;

/// <summary>
/// A date, a number or a yes or no that was not sent is missing, and not the first day of the calendar, zero or no: "no conflict of interest" must have been said.
/// What may be left out has a default in its type, or may be null.
/// </summary>
internal static class NothingIsTakenForZero
{
    public static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false } && property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null) property.IsRequired = true;
        }
    }
}
