using System.Globalization;
using System.Security.Cryptography;

namespace Recruitment.Grievances.Signals;

/// <summary>The secret sealed in a case without which it cannot be counted. It ends with the number of cases that its worker was promised to be counted with.</summary>
/// <remarks>Whoever opened the case cannot change that number: the hash kept with the case is of the whole.</remarks>
internal static class ContributionToken
{
    public const string Form = "[0-9a-f]{64}(-[0-9]{1,4})?";

    /// <summary>What the form said before tokens carried it.</summary>
    private const int PromisedBefore = 10;

    public static string New(int promised) => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}-{promised}");

    public static int PromisedIn(string token) => token.Split('-') is [_, var promised] ? int.Parse(promised, CultureInfo.InvariantCulture) : PromisedBefore;
}
