using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Ess;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Recruitment.Platform;
using Attribute = Org.BouncyCastle.Asn1.Cms.Attribute;

namespace Recruitment.Reports.Pdf;

/// <summary>The key that signs reports: ECDSA P-256 with a certificate of its own making, made at first use and kept as a secret.</summary>
/// <remarks>A self-made certificate proves that a file is unaltered since we signed it, not who we are: that is what the verification page is for.
/// An operator with a key from a trust service gives it as configuration <c>Secrets:reports-signing</c> (PEM: private key, then certificate).</remarks>
internal sealed class SigningKey(Secrets secrets, TimeProvider time, IOptions<ReportsOptions> options, IOptions<PlatformOptions> platform)
{
    private readonly Lazy<(Org.BouncyCastle.Crypto.AsymmetricKeyParameter Key, Org.BouncyCastle.X509.X509Certificate Certificate)> pair =
        new(() => Read(secrets.Get("reports-signing", () => Make(time, Name(options.Value, platform.Value)))));

    /// <summary>A detached CMS signature as PAdES B-B wants it: SHA-256, signing-certificate-v2, no signing time among the attributes.</summary>
    public byte[] Sign(byte[] content)
    {
        var (key, certificate) = pair.Value;
        var signer = new SignerInfoGeneratorBuilder()
            .WithSignedAttributeGenerator(new PadesAttributes(certificate))
            .Build(new Asn1SignatureFactory("SHA256withECDSA", key), certificate);
        var generator = new CmsSignedDataGenerator();
        generator.AddSignerInfoGenerator(signer);
        generator.AddCertificate(certificate);
        return generator.Generate(new CmsProcessableByteArray(content), encapsulate: false).GetEncoded("DER");
    }

    private static string Name(ReportsOptions options, PlatformOptions platform) => options.OperatorName is { Length: > 0 } named ? named
        : platform.IsDemonstration ? "Open Hand Operator"
        : throw new BrokenRuleException("operator-not-named", "Reports are signed in the operator's name, and none is set. Nothing was issued. Set Reports:OperatorName, start again, and issue it then.");

    private static string Make(TimeProvider time, string organisation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(organisation);
        name.AddCommonName("Assessment reports");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(10));
        return key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem() + "\n";
    }

    private static (Org.BouncyCastle.Crypto.AsymmetricKeyParameter, Org.BouncyCastle.X509.X509Certificate) Read(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        using var certificate = X509CertificateLoader.LoadCertificate(PemCertificate(pem));
        return (PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey()), new X509CertificateParser().ReadCertificate(certificate.RawData));
    }

    private static byte[] PemCertificate(string pem)
    {
        var from = pem.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal);
        return System.Text.Encoding.ASCII.GetBytes(pem[from..]);
    }

    private sealed class PadesAttributes(Org.BouncyCastle.X509.X509Certificate certificate) : DefaultSignedAttributeTableGenerator
    {
        public override AttributeTable GetAttributes(IDictionary<CmsAttributeTableParameter, object> parameters)
        {
            var thisOne = new EssCertIDv2(SHA256.HashData(certificate.GetEncoded()));
            var signing = new Attribute(PkcsObjectIdentifiers.IdAASigningCertificateV2,
                new Org.BouncyCastle.Asn1.DerSet(new SigningCertificateV2([thisOne])));
            // PAdES keeps the time in the signature dictionary and forbids it here.
            return base.GetAttributes(parameters).Remove(CmsAttributes.SigningTime).Add(signing.AttrType, signing.AttrValues[0]);
        }
    }
}
