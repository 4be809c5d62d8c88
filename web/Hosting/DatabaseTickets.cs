using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Web.Hosting;

/// <summary>Sign-in tickets in the web's database, so that tokens never reach the browser and any replica knows every session.</summary>
internal sealed class DatabaseTickets(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider time) : ITicketStore
{
    private readonly IDataProtector protector = protection.CreateProtector("tickets");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => InDatabase(async db =>
    {
        var row = await db.Tickets.SingleOrDefaultAsync(t => t.Key == key);
        if (row is null) db.Tickets.Add(row = new Ticket { Key = key });
        row.Protected = protector.Protect(TicketSerializer.Default.Serialize(ticket));
        row.ExpiresAt = (ticket.Properties.ExpiresUtc ?? time.GetUtcNow().AddHours(8)).UtcDateTime;
        await db.SaveChangesAsync();

        var now = time.GetUtcNow().UtcDateTime;
        await db.Tickets.Where(t => t.ExpiresAt < now).ExecuteDeleteAsync();
    });

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        Ticket? row = null;
        var now = time.GetUtcNow().UtcDateTime;
        await InDatabase(async db => row = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Key == key && t.ExpiresAt > now));
        return row is null ? null : TicketSerializer.Default.Deserialize(protector.Unprotect(row.Protected));
    }

    public Task RemoveAsync(string key) => InDatabase(db => db.Tickets.Where(t => t.Key == key).ExecuteDeleteAsync());

    private async Task InDatabase(Func<WebDb, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<WebDb>());
    }
}
