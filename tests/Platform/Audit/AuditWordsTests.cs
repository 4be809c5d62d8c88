namespace Recruitment.Platform.Tests.Audit;

/// <summary>What an entry says that it is about are ids and words of the program.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("0195a000-0000-7000-8000-0000000000d1", "0195a000-0000-7000-8000-0000000000d1")]
    [InlineData("0195A000000070008000-0000000000d1", null)]
    [InlineData("0195A0000000700080000000000000D1", "0195a000-0000-7000-8000-0000000000d1")]
    [InlineData("client-0195a0000000700080000000000000d1", "client-0195a0000000700080000000000000d1")]
    [InlineData("sign-in-0195a0000000700080000000000000d1", "sign-in-0195a0000000700080000000000000d1")]
    [InlineData("client-0195a0000000700080000000000000d1\n", null)]
    [InlineData("client-somebody@annex.example", null)]
    [InlineData("00000000-0000-0000-0000-000000000000", null)]
    [InlineData("somebody", null)]
    [InlineData(null, null)]
    public void Of_an_address_the_ids_are_taken_and_nothing_else(string? part, string? taken) => Assert.Equal(taken, AuditWords.IdIn(part));

    [Theory]
    [InlineData("somebody@annex.example")]
    [InlineData("Daw Aye Mon")]
    [InlineData("two words")]
    [InlineData("owner\n")]
    [InlineData("สมชาย")]
    [InlineData("")]
    public void What_could_hold_an_address_or_a_name_is_refused(string word) => Assert.Throws<ArgumentException>(() => AuditWords.Checked(word));

    [Theory]
    [InlineData("supplier_user")]
    [InlineData("client-0195a0000000700080000000000000d1")]
    public void A_role_and_an_id_are_taken(string word) => Assert.Equal(word, AuditWords.Checked(word));
}
