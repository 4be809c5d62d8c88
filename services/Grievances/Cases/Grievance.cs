using System.Security.Cryptography;
using Recruitment.Grievances.Erasure;
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

    /// <summary>Derived from the receipt; once locked, from the receipt and the form that filed it.</summary>
    public string LookupId { get; private set; } = "";
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>Raised with every new case key; older messages keep the older one.</summary>
    public int Generation { get; private set; }

    /// <summary>The key, in the store of its own, without which nothing of this case can be opened.</summary>
    public Guid ErasureKeyId { get; private init; }
    public byte[] WorkerPublicKey { get; private init; } = [];
    public string Severity { get; private init; } = "";
    public string Language { get; private init; } = "";
    public DateOnly FiledOn { get; private init; }
    public DateOnly NextClock { get; private set; }
    public string Status { get; private set; } = Received;

    /// <summary>"Someone else has my code": the mailbox opens no more; the readers keep the case.</summary>
    public bool Locked { get; private set; }

    /// <summary>Keyed hashes of the accused and its ownership group; empty until the intake team has named it.</summary>
    public List<AccusedHash> Accused { get; } = [];

    /// <summary>Recognises the token inside; random when there is none, so that consent cannot be read here.</summary>
    public string TokenHash { get; private set; } = "";

    /// <summary>Came faster than a person can write, or in a flood: looked through after the others, until somebody has answered it and so found it real.</summary>
    public bool Parked { get; private set; }

    /// <summary>Readers who gave the case up for a conflict of their own; they never get it back.</summary>
    public List<Guid> HandedOverBy { get; private set; } = [];

    public List<CaseKey> Keys { get; } = [];
    public List<SealedMessage> Messages { get; } = [];

    public IEnumerable<string> AccusedHashes => Accused.Select(a => a.Hash);

    public bool IsNamed => Accused.Count > 0;

    /// <summary>When she is told to come back: not before an answer is due, and not long after it is. Overdue, tomorrow; answered, when the next would be; never after a day on which nobody reads.</summary>
    public DateOnly WorkerReturns(DateOnly today, GrievancesOptions options) =>
        options.WorkingDay(Status != Received ? today.AddDays(options.DaysOrdinary) : NextClock > today ? NextClock : today.AddDays(1));

    public bool IsUrgent => Severity != Ordinary;

    /// <summary>Seals what was told at once: to the case, and the case to its readers and to the worker's receipt.</summary>
    public static Grievance File(Filing filing, Told told, IEnumerable<Reader> readers, CaseWrapping wrapping, DateOnly today, GrievancesOptions options)
    {
        var severity = SeverityOf(told);
        var filed = new Grievance
        {
            Id = RandomId.New(), Version = 1, LookupId = filing.LookupId, WorkerPublicKey = filing.WorkerPublicKey, ErasureKeyId = wrapping.Id,
            Severity = severity, Language = filing.Language, FiledOn = today, TokenHash = filing.TokenHash, Parked = filing.Parked,
            NextClock = today.AddDays(severity switch { Danger => options.DaysInDanger, Urgent => options.DaysUrgent, _ => options.DaysOrdinary }),
        };
        filed.GiveKeys(readers, wrapping);
        filed.Add(RandomId.New(), SealedMessage.FromWorker, Sealing.Pad(told), today);
        return filed;
    }

    /// <summary>The worker writes again. The same message twice is one message.</summary>
    public void WriteAgain(Guid message, string text, DateOnly today, GrievancesOptions options)
    {
        if (Messages.Any(m => m.Id == message)) return;

        Add(message, SealedMessage.FromWorker, Sealing.Pad(new Said(text)), today);
        Version++;
        // She still waits for the same answer: asking why none came makes it no less late.
        if (Status == Received) return;

        Status = Received;
        var due = today.AddDays(Severity == Danger ? options.DaysInDanger : options.DaysOrdinary);
        NextClock = NextClock < due && NextClock > today ? NextClock : due;
    }

    /// <summary>A reply, sealed in the reader's browser: once for the worker's receipt, once for the case.</summary>
    public SealedMessage Reply(Guid id, byte[] sealedForWorker, byte[] sealedForCase, CaseWrapping wrapping, DateOnly today, GrievancesOptions options)
    {
        if (Status == Closed) throw new BrokenRuleException("case-closed", "This case is closed.");
        if (Locked) throw new BrokenRuleException("mailbox-locked", "The worker has closed the mailbox for good, because somebody else may have the code. No answer can be read there any more, so none was sent.");

        var reply = SealedMessage.Of(id, Id, SealedMessage.FromReader, Messages.Count, today, Generation, sealedForCase, wrapping.Wrap(sealedForWorker));
        Messages.Add(reply);
        (Status, Parked) = (Answered, false);
        NextClock = today.AddDays(options.DaysOrdinary);
        Version++;
        return reply;
    }

    /// <summary>Names the accused. Readers bound to it or its group see the case no more, and their keys go. Answers with the keys made new.</summary>
    /// <remarks>Named again, it may have other owners by now: what it was bound to before stays, as when the sale itself is heard.</remarks>
    public IReadOnlyList<CaseKey> Name(string accused, IEnumerable<string> group, IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        var hashes = group.Append(accused).ToHashSet();
        if (AccusedHashes.Contains(accused)) hashes.UnionWith(AccusedHashes);
        if (!readers.Any(r => !r.HasLeft && !r.IsBoundTo(hashes) && !HandedOverBy.Contains(r.Id)))
        {
            throw new BrokenRuleException("no-reader-free-of-conflict",
                "Every reader is bound to that organisation or its owners. Ask the administrator for a case handler who is not; when she has made her key, name it again.");
        }
        Accused.RemoveAll(a => !hashes.Contains(a.Hash));
        AddAccused(hashes);
        Version++;
        return LetGo(readers, wrapping);
    }

    /// <summary>The accused got other owners. What it was bound to before stays: a sale must not open a case to whoever sold.</summary>
    public IReadOnlyList<CaseKey> Widen(IEnumerable<string> group, IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        if (AddAccused(group) == 0) return [];

        Version++;
        return LetGo(readers, wrapping);
    }

    /// <summary>A reader in conflict gives the case up: her copies go, and whatever is written from now on is sealed to a key she never had.</summary>
    public IReadOnlyList<CaseKey> HandOver(Reader reader, IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        if (!readers.Any(r => r.Id != reader.Id && MayRead(r) && HoldsAllKeys(r)))
        {
            throw new BrokenRuleException("no-other-reader",
                "You are the only reader of this case. Ask the administrator for another reader, name the accused so that she gets the key, then hand over.");
        }
        HandedOverBy = [.. HandedOverBy, reader.Id];
        Version++;
        return Remove([reader], readers, wrapping);
    }

    /// <summary>A reader left for good or for a time: her copies go when somebody else has them all, and stay when nobody has.</summary>
    public IReadOnlyList<CaseKey> DropWhoLeft(IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        var made = LetGo(readers, wrapping);
        if (made.Count > 0) Version++;
        return made;
    }

    /// <summary>Gives one more reader, free of conflict, a copy of one of the case's keys. Answers with that and whatever was made new; none when she has it.</summary>
    public IReadOnlyList<CaseKey> Share(Reader reader, int generation, byte[] sealedKey, IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        if (!IsNamed) throw new BrokenRuleException("accused-not-named", "Name the accused first: until then only the intake team may open a case.");
        if (!MayRead(reader)) throw new BrokenRuleException("reader-in-conflict", "That reader may not see this case.");
        if (generation > Generation) throw new BrokenRuleException("no-such-key", "The case has no key of that generation. Open it again and share the keys that it has.");
        if (Keys.Any(k => k.ReaderId == reader.Id && k.Generation == generation)) return [];

        var key = CaseKey.Of(Id, reader.Id, generation, wrapping.Wrap(sealedKey));
        Keys.Add(key);
        Version++;
        return [key, .. LetGo(readers, wrapping)];
    }

    public bool MayRead(Reader reader) => !reader.HasLeft && !reader.IsBoundTo(AccusedHashes) && !HandedOverBy.Contains(reader.Id);

    public bool HoldsAllKeys(Reader reader) => Keys.Count(k => k.ReaderId == reader.Id) > Generation;

    /// <summary>The case waits for a reader free of conflict, and this one, who may not see it any more, can give such a reader its keys.</summary>
    public bool MayPassOn(Reader reader, IEnumerable<Reader> readers) => HoldsAllKeys(reader) && !HasReader(readers);

    private bool HasReader(IEnumerable<Reader> readers) => readers.Any(r => MayRead(r) && HoldsAllKeys(r));

    /// <summary>Counted, or the consent taken back: the token inside fits nothing any more.</summary>
    public void SpendToken(string newTokenHash)
    {
        TokenHash = newTokenHash;
        Version++;
    }

    /// <summary>From now on nothing stands under the receipt: who has only that must not tell a locked code from one never used.</summary>
    public void Lock(string lookupId)
    {
        (Locked, LookupId) = (true, lookupId);
        Version++;
    }

    public void Close(DateOnly today)
    {
        if (Status == Closed) throw new BrokenRuleException("closed-already", "This case is closed already.");
        if (Status != Answered && !Locked) throw new BrokenRuleException("not-answered", "Answer the worker before you close the case.");

        Status = Closed;
        NextClock = today;
        Version++;
    }

    private int AddAccused(IEnumerable<string> hashes)
    {
        var added = hashes.Except(AccusedHashes).Select(h => new AccusedHash(Id, h)).ToList();
        Accused.AddRange(added);
        return added.Count;
    }

    private void Add(Guid id, string author, byte[] content, DateOnly today) => Messages.Add(SealedMessage.Of(
        id, Id, author, Messages.Count, today, Generation, Hpke.Seal(PublicKey, Sealing.MessageInfo, Sealing.Of(Id), content), null));

    /// <summary>Takes the keys of readers away who are in conflict or have left; not before somebody free of conflict has all of them, or nobody could ever open the case again.</summary>
    private List<CaseKey> LetGo(IReadOnlyCollection<Reader> readers, CaseWrapping wrapping) =>
        HasReader(readers) ? Remove(readers.Where(r => !MayRead(r)), readers, wrapping) : [];

    /// <summary>Takes every copy of those readers away and, when they had one, gives the case a new key that they never held.</summary>
    private List<CaseKey> Remove(IEnumerable<Reader> gone, IReadOnlyCollection<Reader> readers, CaseWrapping wrapping)
    {
        var ids = gone.Select(r => r.Id).ToHashSet();
        var held = Keys.Where(k => k.ReaderId is not null).Select(k => k.ReaderId!.Value).ToHashSet();
        if (Keys.RemoveAll(k => k.ReaderId is { } id && ids.Contains(id)) == 0) return [];

        Generation++;
        return GiveKeys(readers.Where(r => held.Contains(r.Id) && !ids.Contains(r.Id)), wrapping);
    }

    /// <summary>A new case key: its private half exists in this method's memory alone, and then only sealed to the readers and the receipt.</summary>
    private List<CaseKey> GiveKeys(IEnumerable<Reader> readers, CaseWrapping wrapping)
    {
        var pair = Hpke.NewKeyPair();
        PublicKey = pair.PublicKey;
        var made = readers.Select(r => (Reader: (Guid?)r.Id, r.PublicKey)).Append((null, WorkerPublicKey))
            .Select(to => CaseKey.Of(Id, to.Reader, Generation, wrapping.Wrap(Hpke.Seal(to.PublicKey, Sealing.CaseKeyInfo, Sealing.Of(Id), pair.PrivateKey)))).ToList();
        CryptographicOperations.ZeroMemory(pair.PrivateKey);
        Keys.AddRange(made);
        return made;
    }

    private static string SeverityOf(Told told) =>
        told.SafeNow == false ? Danger : told.Under18 == true || told.Topic is "violence" or "children" or "movement" ? Urgent : Ordinary;
}

/// <summary>What is known of a filing besides what was told.</summary>
internal sealed record Filing(string LookupId, byte[] WorkerPublicKey, string Language, string TokenHash, bool Parked);
