using System.Security.Cryptography;
using System.Text;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Sealing;

public sealed class HpkeTests
{
    [Fact]
    public void The_published_vector_is_sealed_byte_for_byte()
    {
        var message = Hpke.SealWith(new(HpkeVector.Encapsulated, HpkeVector.Ephemeral), HpkeVector.RecipientPublic, HpkeVector.Info, HpkeVector.Aad, HpkeVector.Plaintext);

        Assert.Equal(HpkeVector.Encapsulated, Hpke.PublicKeyOf(HpkeVector.Ephemeral));
        Assert.Equal(HpkeVector.RecipientPublic, Hpke.PublicKeyOf(HpkeVector.RecipientPrivate));
        Assert.Equal<byte>([.. HpkeVector.Encapsulated, .. HpkeVector.Ciphertext], message);
    }

    [Fact]
    public void The_published_vector_opens() => Assert.Equal(HpkeVector.Plaintext,
        Hpke.Open(HpkeVector.RecipientPrivate, HpkeVector.Info, HpkeVector.Aad, [.. HpkeVector.Encapsulated, .. HpkeVector.Ciphertext]));

    [Fact]
    public void What_is_sealed_opens_for_its_recipient_purpose_and_case_alone()
    {
        var (mine, other) = (Hpke.NewKeyPair(), Hpke.NewKeyPair());
        var message = Hpke.Seal(mine.PublicKey, "purpose"u8.ToArray(), "case"u8.ToArray(), "text"u8.ToArray());

        Assert.Equal("text", Encoding.ASCII.GetString(Hpke.Open(mine.PrivateKey, "purpose"u8.ToArray(), "case"u8.ToArray(), message)));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(other.PrivateKey, "purpose"u8.ToArray(), "case"u8.ToArray(), message));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(mine.PrivateKey, "another"u8.ToArray(), "case"u8.ToArray(), message));
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(mine.PrivateKey, "purpose"u8.ToArray(), "cape"u8.ToArray(), message));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var mine = Hpke.NewKeyPair();
        var message = Hpke.Seal(mine.PublicKey, [], [], "text"u8.ToArray());
        for (var i = 0; i < message.Length; i++)
        {
            var changed = message.ToArray();
            // The top bit of an X25519 public key is ignored by the curve, and bound by the key schedule all the same.
            changed[i] ^= 0x80;
            Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(mine.PrivateKey, [], [], changed));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    public void A_message_too_short_is_refused_as_one_that_cannot_be_opened(int length) =>
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Open(Hpke.NewKeyPair().PrivateKey, [], [], new byte[length]));

    [Fact]
    public void A_public_key_of_low_order_is_refused() =>
        Assert.ThrowsAny<CryptographicException>(() => Hpke.Seal(new byte[32], [], [], "text"u8.ToArray()));

    [Fact]
    public void The_same_text_sealed_twice_looks_different()
    {
        var mine = Hpke.NewKeyPair();

        Assert.NotEqual(Hpke.Seal(mine.PublicKey, [], [], "text"u8.ToArray()), Hpke.Seal(mine.PublicKey, [], [], "text"u8.ToArray()));
    }
}
