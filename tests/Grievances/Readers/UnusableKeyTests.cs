using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Readers;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Readers;

/// <summary>A reader's key to which nothing can be sealed would stop every filing and every new case key.</summary>
public sealed class UnusableKeyTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public async Task A_public_key_to_which_nothing_can_be_sealed_is_refused(string key)
    {
        var client = app.Host.Client(Roles.CaseHandler, GrievancesApp.Operator, PartyKinds.Operator, "careless");

        using var refused = await client.PostAsJsonAsync("/api/v1/grievances/readers", new { publicKey = Convert.FromHexString(key), wrappedKey = TestReader.Wrap(new byte[32], "a long passphrase") });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("bad-public-key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_can_get_no_new_key_keeps_no_other_case_from_getting_its_own()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++) ids.Add(await GrievancesApp.Only(app.Mai, () => app.File()));
        // The first that the roll comes to on SQLite, where it reads them by an index; elsewhere it may be any.
        var first = ids.MinBy(id => id.ToString());
        await using (var db = app.Db())
        {
            // Registered before such keys were refused, and given a copy of one case's key.
            var unusable = Reader.Register("unusable", new byte[32], "{}", null, []);
            db.Add(unusable);
            db.Add(CaseKey.Of(first, unusable.Id, 0, [0]));
            await db.SaveChangesAsync();
        }

        await Assert.ThrowsAsync<CryptographicException>(() => app.Leaves("mai"));

        foreach (var id in ids) Assert.Equal(id == first ? 0 : 1, (await app.Somchai.Sealed(id)).GetProperty("publicKeyGeneration").GetInt32());
    }
}
