using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>A request that leaves an entry in the audit trail of its service: what it does, in the commit of what it changes; what it is refused, and what it only reads, before it is answered.</summary>
internal sealed class AuditedRequest(HttpContext http, string what, bool isUnnamed)
{
    /// <summary>The code in place of the problem's, where that could tell something of a case.</summary>
    public const string Refused = "refused";

    private readonly List<string> more = [];
    private readonly List<Guid> others = [];
    private AuditEntry? entry;
    private Guid? savedIn;
    private bool committed;
    private string? refusal;

    /// <summary>A kept answer is given again: what it tells of was done before, and has its entry.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>The code of the problem that is answered.</summary>
    public string? Code { get; set; }

    /// <summary>Whether its act stands in the trail; of one whose transaction was taken back it does not.</summary>
    public bool IsWritten => committed;

    /// <summary>Somebody signed in who is no service; else there is nothing to write.</summary>
    public Caller? By => http.RequestServices.GetRequiredService<Caller>() is { Subject.Length: > 0, IsService: false } caller ? caller : null;

    public void IsAbout(IEnumerable<string> words) => more.AddRange(words);

    public void IsDoneTo(Guid party)
    {
        if (!others.Contains(party)) others.Add(party);
    }

    /// <summary>What is saved next tells that it was refused with this code.</summary>
    public void Refuse(string code) => (refusal, committed, savedIn) = (isUnnamed ? Refused : code, false, null);

    /// <summary>Adds the entry to what is about to be saved, unless it is there already; null where there is none to write.</summary>
    public static AuditedRequest? AddTo(ServiceDb db)
    {
        if (db.SavesPieces || !db.KeepsAuditTrail || Of(db) is not { } request) return null;
        return request.Add(db) ? request : null;
    }

    /// <summary>It was saved: for good, or in a transaction that goes on.</summary>
    public void Saved(Guid? transaction)
    {
        savedIn = transaction;
        committed = transaction is null;
    }

    private bool Add(ServiceDb db)
    {
        if (committed || By is not { } caller) return false;
        var transaction = db.Database.CurrentTransaction?.TransactionId;
        if (savedIn is { } earlier && earlier == transaction) return false;
        if (entry is not null && db.Entry(entry).State == EntityState.Added) return true;

        entry = Of(db, caller, caller.PartyId);
        db.Add(entry);
        // To whom nothing was done nothing is told either.
        if (refusal is null) db.AddRange(others.Where(o => o != caller.PartyId).Select(o => Of(db, caller, o)));
        return true;
    }

    private AuditEntry Of(ServiceDb db, Caller caller, Guid? party) =>
        db.NewAuditEntry(what, caller.Subject, party, isUnnamed ? null : http.User.FindFirstValue("sid"), About(), refusal ?? AuditEntry.Done);

    private IEnumerable<string> About() => http.Request.RouteValues.Values.Select(v => AuditWords.IdIn(v as string)).OfType<string>().Concat(more).Distinct();

    /// <summary>Null where nothing is written of what is going on.</summary>
    public static AuditedRequest? Of(ServiceDb db) => db.GetService<IHttpContextAccessor>().HttpContext?.Features.Get<AuditedRequest>();

    /// <summary>Hears when the transaction that an entry was saved in is committed.</summary>
    internal sealed class Commits : DbTransactionInterceptor
    {
        public static readonly Commits Heard = new();

        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Hear(eventData);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Hear(eventData);
            return Task.CompletedTask;
        }

        private static void Hear(TransactionEndEventData ended)
        {
            if (ended.Context is ServiceDb { KeepsAuditTrail: true } db && Of(db) is { } request && request.savedIn == ended.TransactionId) request.committed = true;
        }
    }
}
