using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Recruitment.Identity.People;
using Recruitment.Identity.SignInClients;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Consents;

/// <summary>What people allowed, as permanent authorizations of OpenIddict under their id; clients know them as somebody else.</summary>
internal sealed class AllowedPrograms(IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications, IdentityDb db, TimeProvider time)
{
    /// <param name="Client">Which.</param>
    /// <param name="Since">When it was first allowed.</param>
    public sealed record Allowed(SignInClient Client, DateTime Since);

    /// <summary>The id of what allows a client no less than these scopes; null when nothing does.</summary>
    public async Task<string?> Find(Guid person, string client, ImmutableArray<string> scopes, CancellationToken stop)
    {
        await foreach (var found in authorizations.FindAsync(person.ToString(), await ApplicationOf(client, stop), Statuses.Valid, AuthorizationTypes.Permanent, scopes, stop)) return await authorizations.GetIdAsync(found, stop);
        return null;
    }

    /// <returns>Its id.</returns>
    public async Task<string?> Add(Person person, Guid session, string client, ImmutableArray<string> scopes, CancellationToken stop)
    {
        db.Audit("AllowProgram", person.Id, PartyOf(person), session.ToString(), about: client); // saved with it
        var allowed = new OpenIddictAuthorizationDescriptor { ApplicationId = await ApplicationOf(client, stop), Subject = person.Id.ToString(), Status = Statuses.Valid, Type = AuthorizationTypes.Permanent, CreationDate = time.GetUtcNow() };
        allowed.Scopes.UnionWith(scopes);
        return await authorizations.GetIdAsync(await authorizations.CreateAsync(allowed, stop), stop);
    }

    public async Task<IReadOnlyList<Allowed>> Of(Guid person, CancellationToken stop)
    {
        var subject = person.ToString();
        var found = await db.Set<OpenIddictEntityFrameworkCoreAuthorization>().AsNoTracking().Where(a => a.Subject == subject && a.Type == AuthorizationTypes.Permanent && a.Status == Statuses.Valid)
            .Select(a => new { a.Application!.ClientId, a.CreationDate }).ToListAsync(stop);
        var since = found.GroupBy(a => a.ClientId!).ToDictionary(of => of.Key, of => of.Min(a => a.CreationDate)!.Value);
        var ids = since.Keys.ToList();
        var clients = await db.SignInClients.AsNoTracking().Where(c => ids.Contains(c.ClientId)).ToListAsync(stop);
        return [.. clients.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new Allowed(c, since[c.ClientId]))];
    }

    /// <summary>Nothing stays of it: no consent, no code and no token. One that was never allowed is not touched.</summary>
    public async Task TakeBack(Person person, Guid session, string client, CancellationToken stop)
    {
        if (await ApplicationOf(client, stop) is not { } application) return;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var found = new List<object>();
        await foreach (var one in authorizations.FindAsync(person.Id.ToString(), application, null, AuthorizationTypes.Permanent, null, stop)) found.Add(one);
        if (found.Count == 0) return;

        db.Audit("TakeProgramBack", person.Id, PartyOf(person), session.ToString(), about: client);
        foreach (var one in found) await authorizations.DeleteAsync(one, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private async Task<string?> ApplicationOf(string client, CancellationToken stop) => await applications.FindByClientIdAsync(client, stop) is { } application ? await applications.GetIdAsync(application, stop) : null;

    /// <summary>With the memberships: for whom somebody acts is the first that is open.</summary>
    private static Guid? PartyOf(Person person) => person.Memberships.Where(m => m.IsOpen).OrderBy(m => m.From).FirstOrDefault()?.PartyId;
}
