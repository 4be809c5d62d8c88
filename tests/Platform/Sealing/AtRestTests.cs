using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Platform.Tests.Sealing;

public sealed class AtRestTests
{
    private static readonly byte[] Key = AtRest.NewKey();
    private static readonly byte[] About = [1, 2, 3];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public void What_was_sealed_opens_with_the_same_key_for_the_same_place(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(plain, AtRest.Open(Key, AtRest.Seal(Key, plain, About), About));
    }

    [Fact]
    public void Another_key_another_place_and_every_changed_byte_are_refused()
    {
        var whole = AtRest.Seal(Key, Encoding.UTF8.GetBytes("wages"), About);

        Assert.ThrowsAny<CryptographicException>(() => AtRest.Open(AtRest.NewKey(), whole, About));
        Assert.ThrowsAny<CryptographicException>(() => AtRest.Open(Key, whole, [1, 2, 4]));
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = whole.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => AtRest.Open(Key, changed, About));
        }
    }

    [Fact]
    public void However_much_is_cut_off_it_is_refused_as_changed()
    {
        var whole = AtRest.Seal(Key, Encoding.UTF8.GetBytes("wages"), About);

        for (var length = 0; length < whole.Length; length++) Assert.ThrowsAny<CryptographicException>(() => AtRest.Open(Key, whole.AsSpan(0, length), About));
    }

    [Fact]
    public void The_same_content_is_never_sealed_alike() => Assert.NotEqual(AtRest.Seal(Key, About, About), AtRest.Seal(Key, About, About));
}
