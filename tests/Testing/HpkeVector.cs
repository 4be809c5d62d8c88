namespace Recruitment.Testing;

/// <summary>
/// RFC 9180's published test vector for base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, first message of its context.
/// The RFC's appendix prints two other ciphers; this one is in the full list of vectors it refers to: mode 0, kem_id 32, kdf_id 1, aead_id 2.
/// </summary>
public static class HpkeVector
{
    public static byte[] Info { get; } = Convert.FromHexString("4f6465206f6e2061204772656369616e2055726e");
    public static byte[] Ephemeral { get; } = Convert.FromHexString("179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11");
    public static byte[] Encapsulated { get; } = Convert.FromHexString("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256");
    public static byte[] RecipientPrivate { get; } = Convert.FromHexString("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d");
    public static byte[] RecipientPublic { get; } = Convert.FromHexString("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
    public static byte[] Aad { get; } = Convert.FromHexString("436f756e742d30");
    public static byte[] Plaintext { get; } = Convert.FromHexString("4265617574792069732074727574682c20747275746820626561757479");
    public static byte[] Ciphertext { get; } = Convert.FromHexString("e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a");
}
