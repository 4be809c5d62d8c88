using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Web.TextReviews;

/// <summary>A text in one language, as this release shows it.</summary>
internal sealed record Wording(string Area, string Language, string Key, string Text)
{
    /// <summary>SHA-256 of its UTF-8, in hexadecimal digits.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
