using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>The keys of cookies and form marks lie in a database; whoever has a backup of it could sign himself in, were they not sealed under a secret that is not there.</summary>
public static class SealKeysAtRest
{
    private const string Secret = "data-protection", Element = "sealed";
    private static readonly byte[] About = Encoding.UTF8.GetBytes("data protection key");

    /// <summary>Keys made before are still read.</summary>
    public static IDataProtectionBuilder SealedAtRest(this IDataProtectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<Secrets>((keys, secrets) => keys.XmlEncryptor = new Sealer(secrets, keys));
        builder.Services.AddHostedService<AllOpen>();
        return builder;
    }

    /// <summary>A replica with another secret than the others would be healthy, and end the sessions of whoever comes to it.</summary>
    private static void MustOpen(Secrets secrets, KeyManagementOptions keys)
    {
        try
        {
            foreach (var kept in keys.XmlRepository!.GetAllElements().SelectMany(key => key.Descendants(Element))) Open(secrets, kept);
        }
        catch (CryptographicException)
        {
            throw new InvalidOperationException(NeededSecrets.Another(Secret));
        }
    }

    private static byte[] Open(Secrets secrets, XElement kept) => AtRest.Open(secrets.GetKey(Secret), Convert.FromBase64String(kept.Value), About);

    /// <summary>It does not start.</summary>
    private sealed class AllOpen(Secrets secrets, IOptions<KeyManagementOptions> keys) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            MustOpen(secrets, keys.Value);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Sealer(Secrets secrets, KeyManagementOptions keys) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            // The framework makes a new key when it can open none, before a start can be refused; the others could not open that.
            MustOpen(secrets, keys);
            var whole = AtRest.Seal(secrets.GetKey(Secret), Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), About);
            return new(new XElement(Element, Convert.ToBase64String(whole)), typeof(Opener));
        }
    }

    /// <summary>Public, for the framework makes it by the name that stands in the stored key.</summary>
    public sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            ArgumentNullException.ThrowIfNull(encryptedElement);
            return XElement.Parse(Encoding.UTF8.GetString(Open(services.GetRequiredService<Secrets>(), encryptedElement)));
        }
    }
}
