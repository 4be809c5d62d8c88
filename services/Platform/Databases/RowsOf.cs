using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>
/// Whose rows a unit of work gets at: those that its caller's organisation may see, or everything. Everything is for what serves no organisation: consumers, the
/// relay, jobs, and requests of another service or of an administrator.
/// </summary>
internal readonly record struct RowsOf(bool Everything, Guid? Party)
{
    public static RowsOf Now(IHttpContextAccessor http)
    {
        if (http.HttpContext is null) return new(true, null);

        var caller = new Caller(http);
        return caller.IsService || caller.Is(Roles.Administrator) ? new(true, null) : new(false, caller.PartyId);
    }

    /// <summary>
    /// Told to PostgreSQL for one transaction. Where neither is told there are no rows. A name in a setting and no role of the server: one server may hold the
    /// databases of several installations, and a migration must not make roles.
    /// </summary>
    /// <remarks>Nothing is compiled for it: the server takes a policy for much costlier than it is, and would compile longer than the question takes.</remarks>
    public string? Setting => Everything ? $"SET LOCAL app.role = 'system'; {Uncompiled}" : Party is { } party ? $"SET LOCAL app.party = '{party:D}'; {Uncompiled}" : null;

    private const string Uncompiled = "SET LOCAL jit = off";
}
