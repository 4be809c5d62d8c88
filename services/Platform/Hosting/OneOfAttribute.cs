using System.Reflection;

namespace Recruitment.Platform;

/// <summary>This text is one of a closed set of codes: the API's document lists them. Whether it is one, the slice checks, with its own sentence.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type owner, string set) : Attribute
{
    /// <summary>The type that has the set, as a static property or field.</summary>
    public Type Owner { get; } = owner;

    /// <summary>The name of the set.</summary>
    public string Set { get; } = set;

    internal IEnumerable<string> Codes()
    {
        const BindingFlags any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var codes = Owner.GetProperty(Set, any)?.GetValue(null) ?? Owner.GetField(Set, any)?.GetValue(null);
        return codes as IEnumerable<string> ?? throw new InvalidOperationException($"{Owner.Name} has no set of codes named {Set}.");
    }
}
