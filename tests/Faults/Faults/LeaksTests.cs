namespace Recruitment.Faults.Tests.Faults;

public sealed class LeaksTests
{
    private const string Secret = "a secret of the product";
    private readonly Leaks leaks = new(new Dictionary<string, string> { ["The secret"] = Secret }, ["12345-67890-12345-67890-12345-6"]);

    [Theory]
    [InlineData("it wrote a secret of the product down", "The secret is in here.")]
    [InlineData("code 12345 67890 12345 67890 12345 6", "A receipt is in here.")]
    [InlineData("code 12345678901234567890123456", "A receipt is in here.")]
    public void What_may_not_be_written_is_found(string text, string found) => Assert.Equal([found], leaks.In("here", text));

    [Theory]
    [InlineData("nothing of the kind")]
    [InlineData("another number 99999678901234567890123456")]
    public void What_may_be_written_is_not(string text) => Assert.Empty(leaks.In("here", text));

    [Theory]
    [InlineData(0)]
    [InlineData((4 << 20) - 5)]
    [InlineData((8 << 20) - 2000)]
    [InlineData(9 << 20)]
    public void It_is_found_wherever_a_long_file_holds_it(int before)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new string('x', before) + Secret + new string('y', 3000));
            Assert.Equal([$"The secret is in {file}."], leaks.InFile(file));
            Assert.Equal(["The secret is in memory."], leaks.In("memory", File.ReadAllText(file)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
