using System.Text;
using System.Text.Json;

namespace Recruitment.Grievances.Cases;

/// <summary>The purposes things are sealed for. The handler's browser and any machine client use the same words (README.md).</summary>
internal static class Sealing
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static byte[] MessageInfo { get; } = "recruitment grievances message v1"u8.ToArray();
    public static byte[] CaseKeyInfo { get; } = "recruitment grievances case key v1"u8.ToArray();
    public static byte[] ReplyInfo { get; } = "recruitment grievances reply v1"u8.ToArray();

    /// <summary>Bound to its case: moved to another case, it opens no more.</summary>
    public static byte[] Of(Guid grievance) => Encoding.ASCII.GetBytes(grievance.ToString());

    /// <summary>Filled with spaces to a full kilobyte, for the length of a text tells its writer.</summary>
    public static byte[] Pad<T>(T content)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(content, Json);
        var padded = new byte[(json.Length + 1023) / 1024 * 1024];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }
}
