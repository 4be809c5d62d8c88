using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>A worker's case. It promises that nobody without one of its keys can read it, and keeps in clear only docs/what-is-in-clear.md.</summary>
internal sealed class Grievance
{
    public const string Danger = "danger";
    public const string Urgent = "urgent";
    public const string Ordinary = "ordinary";
    public const string Received = "received";
    public const string Answered = "answered";
    public const string Closed = "closed";

    private Grievance() { }

    public Guid Id { get; private init; }
    public int Version { get; private set; }
    public string LookupId { get; private init; } = "";
    public byte[] PublicKey { get; private init; } = [];
    public byte[] WorkerPublicKey { get; private init; } = [];
    public string Severity { get; private init; } = "";
    public string Language { get; private init; } = "";
    public DateOnly FiledOn { get; private init; }
    public DateOnly NextClock { get; private set; }
    public string Status { get; private set; } = Received;

    /// <summary>"Someone else has my code": the mailbox opens no more; the readers keep the case.</summary>
    public bool Locked { get; private set; }

    /// <summary>Keyed hashes of the accused and its ownership group; empty until the intake team has named it.</summary>
    public List<string> AccusedHashes { get; private set; } = [];

    /// <summary>Recognises the token inside; random when there is none, so that consent cannot be read here.</summary>
    public string TokenHash { get; private set; } = "";

    public List<CaseKey> Keys { get; } = [];
    public List<SealedMessage> Messages { get; } = [];

    public bool IsNamed => AccusedHashes.Count > 0;

    /// <summary>Seals what was told at once: to the case, and the case to its readers and to the worker's receipt.</summary>
    public static Grievance File(string lookupId, byte[] workerPublicKey, string language, Told told, string tokenHash,
        IEnumerable<(Guid Reader, byte[] PublicKey)> readers, DateOnly today, GrievancesOptions options)
    {
        var caseKey = Hpke.NewKeyPair();
        var severity = SeverityOf(told);
        var filed = new Grievance
        {
            Id = RandomId.New(), Version = 1, LookupId = lookupId, PublicKey = caseKey.PublicKey, WorkerPublicKey = workerPublicKey,
            Severity = severity, Language = language, FiledOn = today, TokenHash = tokenHash,
            NextClock = today.AddDays(severity switch { Danger => options.DaysInDanger, Urgent => options.DaysUrgent, _ => options.DaysOrdinary }),
        };
        filed.Add(RandomId.New(), SealedMessage.FromWorker, Sealing.Pad(told), today);
        filed.Keys.Add(CaseKey.Of(filed.Id, null, Hpke.Seal(workerPublicKey, Sealing.CaseKeyInfo, Sealing.Of(filed.Id), caseKey.PrivateKey)));
        foreach (var (reader, publicKey) in readers)
        {
            filed.Keys.Add(CaseKey.Of(filed.Id, reader, Hpke.Seal(publicKey, Sealing.CaseKeyInfo, Sealing.Of(filed.Id), caseKey.PrivateKey)));
        }
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(caseKey.PrivateKey);
        return filed;
    }

    /// <summary>The worker writes again. The same message twice is one message.</summary>
    public void WriteAgain(Guid message, string text, DateOnly today, GrievancesOptions options)
    {
        if (Messages.Any(m => m.Id == message)) return;

        Add(message, SealedMessage.FromWorker, Sealing.Pad(new Said(text)), today);
        Status = Received;
        var due = today.AddDays(Severity == Danger ? options.DaysInDanger : options.DaysOrdinary);
        NextClock = NextClock < due && NextClock > today ? NextClock : due;
        Version++;
    }

    /// <summary>A reply, sealed in the reader's browser: once for the worker's receipt, once for the case.</summary>
    public void Reply(byte[] sealedForWorker, byte[] sealedForCase, DateOnly today, GrievancesOptions options)
    {
        if (Status == Closed) throw new BrokenRuleException("case-closed", "This case is closed.");

        Messages.Add(SealedMessage.Of(RandomId.New(), Id, SealedMessage.FromReader, Messages.Count, today, sealedForCase, sealedForWorker));
        Status = Answered;
        NextClock = today.AddDays(options.DaysOrdinary);
        Version++;
    }

    /// <summary>Names the accused. Keys of readers bound to it or its group go, and they see the case no more.</summary>
    public void Name(IEnumerable<string> accused, IReadOnlyCollection<Reader> readers)
    {
        var hashes = accused.Distinct().Order(StringComparer.Ordinal).ToList();
        if (!readers.Any(r => Keys.Any(k => k.ReaderId == r.Id) && !r.IsBoundTo(hashes)))
        {
            throw new BrokenRuleException("no-reader-free-of-conflict",
                "Every reader of this case is bound to that organisation or its owners. Ask the administrator for an intake reader who is not.");
        }
        AccusedHashes = hashes;
        Keys.RemoveAll(k => readers.Any(r => r.Id == k.ReaderId && r.IsBoundTo(hashes)));
        Version++;
    }

    /// <summary>Gives one more reader, free of conflict, her copy of the case key.</summary>
    public CaseKey? Share(Reader reader, byte[] sealedKey)
    {
        if (!IsNamed) throw new BrokenRuleException("accused-not-named", "Name the accused first: until then only the intake team may open a case.");
        if (reader.IsBoundTo(AccusedHashes)) throw new BrokenRuleException("reader-in-conflict", "That reader may not see this case.");
        if (Keys.Any(k => k.ReaderId == reader.Id)) return null;

        var key = CaseKey.Of(Id, reader.Id, sealedKey);
        Keys.Add(key);
        Version++;
        return key;
    }

    /// <summary>Counted, or the consent taken back: the token inside fits nothing any more.</summary>
    public void SpendToken(string newTokenHash)
    {
        TokenHash = newTokenHash;
        Version++;
    }

    public void Lock()
    {
        Locked = true;
        Version++;
    }

    public void Close(DateOnly today)
    {
        if (Status != Answered) throw new BrokenRuleException("not-answered", "Answer the worker before you close the case.");

        Status = Closed;
        NextClock = today;
        Version++;
    }

    private void Add(Guid id, string author, byte[] content, DateOnly today) => Messages.Add(SealedMessage.Of(
        id, Id, author, Messages.Count, today, Hpke.Seal(PublicKey, Sealing.MessageInfo, Sealing.Of(Id), content), null));

    private static string SeverityOf(Told told) =>
        told.SafeNow == false ? Danger : told.Under18 == true || told.Topic is "violence" or "children" or "movement" ? Urgent : Ordinary;
}
