using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>
/// Whose rows a unit of work gets at: those that its caller's organisation may see, or everything. Everything is for what serves no organisation: consumers, the
/// relay, jobs, and requests of another service or of an administrator. Whether the organisation is the operator is said as well: some of its work is on others' rows.
/// </summary>
internal readonly record struct RowsOf(bool Everything, Guid? Party, bool Operator = false)
{
    public static RowsOf Now(IHttpContextAccessor http)
    {
        if (http.HttpContext is null) return new(true, null);

        var caller = new Caller(http);
        return caller.IsService || caller.Is(Roles.Administrator) ? new(true, null) : new(false, caller.PartyId, caller.Kind == PartyKinds.Operator);
    }

    /// <summary>
    /// Told to PostgreSQL for one transaction. Where neither is told there are no rows. A name in a setting and no role of the server: one server may hold the
    /// databases of several installations, and a migration must not make roles.
    /// </summary>
    public string? Setting => this switch
    {
        { Everything: true } => "SET LOCAL app.role = 'system'",
        { Party: { } party, Operator: true } => $"SET LOCAL app.party = '{party:D}';\nSET LOCAL app.kind = 'operator'",
        { Party: { } party } => $"SET LOCAL app.party = '{party:D}'",
        _ => null,
    };
}
