using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>A list that a brand handed in, and how far it has been read. It is its own job: whoever holds the lease reads on where the last one stopped.</summary>
internal sealed class SupplierImport
{
    public const string Receiving = "receiving";
    public const string Received = "received";
    public const string Reading = "reading";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string TakingBack = "taking_back";
    public const string TakenBack = "taken_back";
    public static readonly IReadOnlyList<string> Statuses = [Receiving, Received, Reading, Done, Failed, TakingBack, TakenBack];

    private SupplierImport() { }

    public Guid Id { get; private init; }
    public int Version { get; private set; }
    public PartyId BrandId { get; private init; }
    public string FileName { get; private init; } = "";
    public string Status { get; private set; } = Receiving;
    public long Size { get; private set; }
    public string? Sha256 { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public DateTime? FinishedAt { get; private set; }

    /// <summary>Rows of the whole list, known once it was read through for the first time.</summary>
    public int? RowsTotal { get; private set; }

    public int RowsRead { get; private set; }
    public int Accepted { get; private set; }
    public int Refused { get; private set; }

    /// <summary>Accepted rows that were new to this brand.</summary>
    public int Added { get; private set; }

    /// <summary>Accepted rows that this brand had listed before, with something else in them.</summary>
    public int Changed { get; private set; }

    /// <summary>Who took the list back and when: kept with its rows, as the account of what became of it.</summary>
    public string? TakenBackBy { get; private set; }
    public DateTime? TakenBackAt { get; private set; }

    /// <summary>The row up to which it has been taken back.</summary>
    public int TakenBackTo { get; private set; }

    public string? ProblemCode { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>How often in a row reading it broke off for a reason that nobody foresaw, and until when it lets the others go first (<see cref="ListTries"/>).</summary>
    public int Tries { get; private set; }
    public DateTime? NotBefore { get; private set; }
    public Guid? LeaseOwner { get; private set; }
    public DateTime? LeaseUntil { get; private set; }

    public static SupplierImport Begin(PartyId brand, string fileName, DateTime now) =>
        new() { Id = RandomId.New(), Version = 1, BrandId = brand, FileName = fileName, CreatedAt = now };

    public void Receive(long size, string sha256)
    {
        (Size, Sha256, Status) = (size, sha256, Received);
        Version++;
    }

    public void Lease(Guid owner, DateTime until)
    {
        if (Status is not (Received or Reading or TakingBack)) throw new InvalidOperationException($"A list that is {Status} is read by nobody.");
        (LeaseOwner, LeaseUntil, Status) = (owner, until, Status == TakingBack ? TakingBack : Reading);
        Version++;
    }

    public void Count(int rowsTotal) => RowsTotal = rowsTotal;

    public void Advance(int rows, int accepted, int refused, int added, int changed, DateTime leaseUntil)
    {
        RowsRead += rows;
        Accepted += accepted;
        Refused += refused;
        Added += added;
        Changed += changed;
        (LeaseUntil, Tries, NotBefore) = (leaseUntil, 0, null);
        Version++;
    }

    public void Finish(DateTime now)
    {
        (Status, FinishedAt, LeaseOwner, LeaseUntil) = (Done, now, null, null);
        Version++;
    }

    /// <summary>The brand says that the list was read by mistake; the reader of lists does the rest. True when that was new.</summary>
    public bool TakeBack(string by, DateTime now)
    {
        if (Status is TakingBack or TakenBack) return false;
        if (Status != Done) throw new BrokenRuleException("import-not-read", "Only a list that has been read can be taken back. Wait until it is read; one that could not be read can be removed.");
        (Status, TakenBackBy, TakenBackAt, Tries, NotBefore) = (TakingBack, by, now, 0, null);
        Version++;
        return true;
    }

    public void TakeBackTo(int row, DateTime leaseUntil)
    {
        (TakenBackTo, LeaseUntil, Tries, NotBefore) = (row, leaseUntil, 0, null);
        Version++;
    }

    /// <summary>The end of taking back: what the brand asked for, or what was left of a list that could not be read.</summary>
    public void FinishTakingBack(DateTime now)
    {
        (Status, LeaseOwner, LeaseUntil) = (ProblemCode is null ? TakenBack : Failed, null, null);
        FinishedAt ??= now;
        Version++;
    }

    /// <summary>What was read is the account of where suppliers came from and stays.</summary>
    public void MustBeRemovable()
    {
        if (Status != Failed) throw new BrokenRuleException("import-stays", "Only a list that could not be read can be removed. This one says where suppliers came from; if it was read by mistake, take it back.");
    }

    /// <summary>It cannot be read. Nothing half done stays: what was read of it by then is taken back first.</summary>
    public void Fail(string code, string sentence, DateTime now)
    {
        (ProblemCode, Problem, LeaseOwner, LeaseUntil, Tries, NotBefore) = (code, sentence, null, null, 0, null);
        if (RowsRead > 0) Status = TakingBack;
        else (Status, FinishedAt) = (Failed, now);
        Version++;
    }
}

/// <summary>A piece of a list as it was uploaded, encrypted. Gone once the list was read.</summary>
internal sealed class ImportChunk
{
    public Guid ImportId { get; init; }
    public int Index { get; init; }
    public byte[] Sealed { get; init; } = [];
}

/// <summary>What became of one row of a list.</summary>
internal sealed class ImportRow
{
    public Guid ImportId { get; init; }
    public int Number { get; init; }
    public bool Accepted { get; init; }
    public string Name { get; init; } = "";
    public string Country { get; init; } = "";
    public string Address { get; init; } = "";
    public string? Column { get; init; }
    public string? Code { get; init; }
    public string? Sentence { get; init; }
    public Guid? PartyId { get; init; }

    /// <summary>The site that an accepted row names.</summary>
    public SiteId? SiteId { get; init; }

    /// <summary>The headings over a refused row, encrypted, where they are others than over the one before it.</summary>
    public byte[]? Headings { get; init; }

    /// <summary>The cells of a refused row as the list had them, encrypted; none when there were too many to keep.</summary>
    public byte[]? Cells { get; init; }
}
