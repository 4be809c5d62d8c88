using Microsoft.EntityFrameworkCore;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>What stands in the issuer's audit trail.</summary>
internal static class Written
{
    /// <summary>What somebody did and was refused, the oldest first.</summary>
    public static async Task<List<AuditTrails.Written>> TrailOf(this IdentityApp app, string email)
    {
        await using var db = app.Open();
        var who = (await db.People.SingleAsync(p => p.Email == email)).Id.ToString();
        return [.. (await AuditTrails.In(db)).Where(e => e.Who == who)];
    }
}
