using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>The keys of cookies and form marks lie in a database; whoever has a backup of it could sign himself in, were they not sealed under a secret that is not there.</summary>
public static class SealKeysAtRest
{
    private const string Secret = "data-protection";
    private static readonly byte[] About = Encoding.UTF8.GetBytes("data protection key");

    /// <summary>Keys made before are still read.</summary>
    public static IDataProtectionBuilder SealedAtRest(this IDataProtectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<Secrets>((keys, secrets) => keys.XmlEncryptor = new Sealer(secrets));
        return builder;
    }

    private sealed class Sealer(Secrets secrets) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            var whole = AtRest.Seal(secrets.GetKey(Secret), Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), About);
            return new(new XElement("sealed", Convert.ToBase64String(whole)), typeof(Opener));
        }
    }

    /// <summary>Public, for the framework makes it by the name that stands in the stored key.</summary>
    public sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            ArgumentNullException.ThrowIfNull(encryptedElement);
            var key = services.GetRequiredService<Secrets>().GetKey(Secret);
            return XElement.Parse(Encoding.UTF8.GetString(AtRest.Open(key, Convert.FromBase64String(encryptedElement.Value), About)));
        }
    }
}
