using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>A security key as a program: answers a page's question as a browser would, or wrongly on purpose.</summary>
internal sealed class SoftwareKey : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasKey = 0x40;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private uint count;
    private string owner = "";

    /// <summary>Where it believes to be; the page's own address when nothing is said.</summary>
    public string? Origin { get; set; }

    /// <summary>Whether its owner showed a finger.</summary>
    public bool IsVerified { get; set; } = true;

    public void Dispose() => key.Dispose();

    /// <summary>The fields of the page's form.</summary>
    public (string, string)[] Answer(string page, Uri address)
    {
        var form = Regex.Match(page, "data-passkey=\"(get|create)\" data-options=\"([^\"]+)\"");
        var asked = JsonNode.Parse(WebUtility.HtmlDecode(form.Groups[2].Value))!;
        var create = form.Groups[1].Value == "create";
        var said = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = create ? "webauthn.create" : "webauthn.get", challenge = asked["challenge"]!.GetValue<string>(), origin = Origin ?? address.GetLeftPart(UriPartial.Authority), crossOrigin = false,
        }));
        var host = (create ? asked["rp"]!["id"] : asked["rpId"])!.GetValue<string>();
        object response;
        if (create)
        {
            owner = asked["user"]!["id"]!.GetValue<string>();
            response = new { clientDataJSON = Text(said), attestationObject = Text(Attestation(Data(host, HasKey))), transports = new[] { "internal" } };
        }
        else
        {
            var data = Data(host, 0);
            response = new
            {
                clientDataJSON = Text(said), authenticatorData = Text(data), userHandle = owner,
                signature = Text(key.SignData([.. data, .. SHA256.HashData(said)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            };
        }
        var credential = JsonSerializer.Serialize(new { id = Text(id), rawId = Text(id), type = "public-key", clientExtensionResults = new { }, response });
        return [("credential", credential), ("state", Regex.Match(page, "name=\"state\" value=\"([^\"]+)\"").Groups[1].Value), ("name", "A key of the test")];
    }

    private byte[] Data(string host, byte more)
    {
        var counted = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counted, ++count);
        byte[] head = [.. SHA256.HashData(Encoding.ASCII.GetBytes(host)), (byte)(Present | (IsVerified ? Verified : 0) | more), .. counted];
        if (more == 0) return head;
        var point = key.ExportParameters(false).Q;
        return [.. head, .. new byte[16], 0, (byte)id.Length, .. id, 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    /// <summary>CBOR of { fmt: "none", attStmt: {}, authData }.</summary>
    private static byte[] Attestation(byte[] data) =>
        [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
