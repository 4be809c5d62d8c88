using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>
/// Says when a form was begun, signed. A case filed without one, or faster than a person can answer, or beyond the day's number, is
/// parked: taken like any other, with a receipt, and looked through after the others. Nothing is refused, least of all for an address.
/// </summary>
internal sealed class FormPass(Secrets secrets, TimeProvider time, IOptions<GrievancesOptions> options, IOptions<PlatformOptions> platform)
{
    private const int SecondsOfAPerson = 10;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(25);
    private readonly TimeSpan shortest = TimeSpan.FromSeconds(options.Value.SecondsToFillIn ?? (platform.Value.IsDemonstration ? 0 : SecondsOfAPerson));

    public string New()
    {
        var began = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{began}.{Sign(began)}";
    }

    /// <summary>Ours, not older than a form may be, and long enough ago for a person to have filled it in.</summary>
    public bool IsPlausible(string? pass)
    {
        if (pass?.Split('.') is not [var began, var signature]) return false;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(began)), Encoding.ASCII.GetBytes(signature))) return false;

        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(began, CultureInfo.InvariantCulture));
        return age >= shortest && age <= Lasts;
    }

    private string Sign(string began) => Convert.ToHexStringLower(HMACSHA256.HashData(secrets.GetKey("form-pass"), Encoding.UTF8.GetBytes(began)));
}
