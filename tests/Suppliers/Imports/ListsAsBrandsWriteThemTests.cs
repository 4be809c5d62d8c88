using System.Text;
using Recruitment.Suppliers.Imports;
using static Recruitment.Suppliers.Tests.Imports.Workbooks;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>What people who keep lists really do to them, with invented names.</summary>
public sealed class ListsAsBrandsWriteThemTests
{
    static ListsAsBrandsWriteThemTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("Supplier,Factory name,Country")]
    [InlineData("Supplier,Manufacturing Facility,Country of manufacture")]
    [InlineData("Supplier Name,Name (English),Country / Pays")]
    [InlineData("Company,Site name [as registered],Country (ISO)")]
    public void The_factory_is_the_site_and_not_the_company_that_stands_before_it(string headers)
    {
        var row = One($"{headers}\nHeron Holding,Grey Heron Mill,Thailand\n");

        Assert.Equal(("Grey Heron Mill", "THA"), (row.Name, row.CountryCode));
    }

    [Theory]
    [InlineData("420", 420)]
    [InlineData("1,200", 1200)]
    [InlineData("1.200", 1200)]
    [InlineData("1 200", 1200)]
    [InlineData("420.0", 420)]
    [InlineData("51-100", null)]
    [InlineData("1,001 - 5,000", null)]
    [InlineData("100+", null)]
    [InlineData("< 50", null)]
    [InlineData("N/A", null)]
    [InlineData("-", null)]
    [InlineData("TBC", null)]
    public void Workers_are_read_however_the_number_is_written(string text, int? workers)
    {
        var row = One($"Name;Country;# of Workers\nGrey Heron Mill;TH;{text}\n");

        Assert.Null(row.Refused);
        Assert.Equal(workers, row.Workers);
    }

    [Theory]
    [InlineData("12.5")]
    [InlineData("1,2,3")]
    [InlineData("many")]
    [InlineData("420 men")]
    [InlineData("99999999999")]
    public void What_is_no_number_of_people_is_refused_and_never_read_as_another_number(string text) =>
        Assert.Equal("workers-wrong", One($"Name;Country;Workers\nGrey Heron Mill;TH;{text}\n").Refused?.Code);

    [Fact]
    public void Degrees_with_a_comma_and_degrees_not_known_are_no_fault()
    {
        var rows = Read("Name;Country;Lat;Lng\nGrey Heron Mill;TH;13,75;100,5\nPale Heron Mill;TH;N/A;n/a\n");

        Assert.Equal([(13.75, 100.5), (null, null)], rows.Select(r => (r.Latitude, r.Longitude)));
        Assert.All(rows, r => Assert.Null(r.Refused));
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("tbc")]
    [InlineData("?")]
    public void A_name_that_says_there_is_none_is_no_site(string name) => Assert.Equal("name-missing", One($"Name,Country\n{name},TH\n").Refused?.Code);

    [Fact]
    public void The_code_of_Namibia_is_not_taken_for_nothing() => Assert.Equal("NAM", One("Name,Country\nGrey Heron Mill,NA\n").CountryCode);

    [Fact]
    public void A_remark_beside_the_table_of_a_workbook_is_no_fault()
    {
        using var file = Of(Head, Row(2, Cell("A2", "Grey Heron Mill"), Cell("B2", "TH"), Cell("H2", "moving in May")));

        var row = Assert.Single(ListFile.Read(file));

        Assert.Equal(("Grey Heron Mill", null), (row.Name, row.Refused?.Code));
    }

    private static List<ListRow> Read(string list) => [.. ListFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(list)))];

    private static ListRow One(string list) => Assert.Single(Read(list));
}
