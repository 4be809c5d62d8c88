using System.Reflection;
using System.Text;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Contracts.Tests;

/// <summary>Contracts only ever grow, and old and new code understand each other's messages.</summary>
public sealed class EventContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Contracts_are_as_committed() => Snapshot.Matches("tests/Contracts/Snapshots/events.txt", Describe(typeof(PartyChanged).Assembly.GetExportedTypes()));

    [Fact]
    public void A_new_field_shows_as_a_difference() => Assert.NotEqual(Describe([typeof(Before)]), Describe([typeof(After)]).Replace("After", "Before", StringComparison.Ordinal));

    [Fact]
    public void An_old_reader_skips_what_it_does_not_know()
    {
        var read = JsonSerializer.Deserialize<PartyChanged>("""
            {"PartyId":"11111111-0000-4000-8000-000000000001","Epoch":1,"Sequence":3,"Kind":"brand","Name":"Marisol & Pine","Country":"NLD","Status":"active","LaterField":{"a":[1]}}
            """);

        Assert.Equal("Marisol & Pine", read!.Name);
    }

    [Fact]
    public void A_new_reader_takes_an_old_message_without_the_optional_fields()
    {
        var read = JsonSerializer.Deserialize<SiteChanged>("""
            {"SiteId":"11111111-0000-4000-8000-000000000101","Epoch":1,"Sequence":1,"PartyId":"11111111-0000-4000-8000-000000000002","Name":"Main hall","Address":"Moo 3","Country":"THA","Status":"active"}
            """);

        Assert.Null(read!.WorkersTotal);
    }

    private static string Describe(IEnumerable<Type> contracts)
    {
        var text = new StringBuilder();
        foreach (var contract in contracts.OrderBy(c => c.FullName, StringComparer.Ordinal))
        {
            text.Append(contract.FullName).Append('\n');
            foreach (var property in contract.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
                text.Append("  ").Append(property.Name).Append(": ").Append(Name(property)).Append('\n');
        }
        return text.ToString();
    }

    private static string Name(PropertyInfo property)
    {
        var type = property.PropertyType;
        var inner = Nullable.GetUnderlyingType(type);
        var optional = inner is not null || Nullability.Create(property).ReadState == NullabilityState.Nullable;
        var name = type.IsGenericType && inner is null ? $"list of {type.GetGenericArguments()[0].Name}" : (inner ?? type).Name;
        return optional ? $"{name}, optional" : name;
    }

    private sealed record Before(string A);

    private sealed record After(string A, string? B);
}
