using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Erasure;

/// <summary>Makes, uses and removes erasure keys. What was wrapped under a removed key is gone, in every copy and backup of the cases.</summary>
internal sealed class ErasureKeys(ErasureDb db, ErasureList list)
{
    /// <summary>Saved before the case: a key without a case harms nobody, a case without a key is lost.</summary>
    public async Task<CaseWrapping> Make(CancellationToken stop)
    {
        var key = new ErasureKey { Id = RandomId.New(), Key = RandomNumberGenerator.GetBytes(32) };
        db.Add(key);
        await db.SaveChangesAsync(stop);
        return new(key.Id, key.Key);
    }

    /// <summary>Null when it was removed: the case is gone, whatever a database still holds of it.</summary>
    public async Task<CaseWrapping?> Find(Guid id, CancellationToken stop) =>
        await db.Keys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, stop) is { } key ? new(key.Id, key.Key) : null;

    /// <summary>For a filing that came to nothing: another request had filed under the same receipt.</summary>
    public Task Discard(Guid id, CancellationToken stop) => RemoveKey(id, stop);

    /// <summary>Listed first: a restore of this very store from a backup removes it again.</summary>
    public async Task Erase(Guid id, CancellationToken stop)
    {
        list.Add(id);
        await RemoveKey(id, stop);
    }

    private async Task RemoveKey(Guid id, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // Overwritten with zeros, not merely marked as free space.
            if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
            await db.Keys.Where(k => k.Id == id).ExecuteDeleteAsync(stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}

/// <summary>The outer layer of everything that opens a case: AES-256-GCM under the case's erasure key, bound to what it wraps.</summary>
internal sealed record CaseWrapping(Guid Id, byte[] Key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Wrap(byte[] content)
    {
        var wrapped = new byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(Key, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), content, wrapped.AsSpan(NonceLength, content.Length), wrapped.AsSpan(NonceLength + content.Length), Id.ToByteArray());
        return wrapped;
    }

    public byte[] Unwrap(byte[] wrapped)
    {
        var content = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Key, TagLength);
        aes.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength, content.Length), wrapped.AsSpan(NonceLength + content.Length), content, Id.ToByteArray());
        return content;
    }
}

/// <summary>Which keys were removed, one random id a line, sorted. It lies beside neither database's backups, so that a restore of both cannot undo a deletion.</summary>
internal sealed class ErasureList(IOptions<GrievancesOptions> options, IOptions<PlatformOptions> platform)
{
    private readonly string file = options.Value.ErasureList is { Length: > 0 } given ? given : Path.Combine(platform.Value.DataFolder, "erasure-list");
    private readonly Lock gate = new();

    public void Add(Guid id)
    {
        lock (gate)
        {
            var aside = $"{file}.new";
            File.WriteAllLines(aside, All().Append(id).Distinct().Order().Select(i => i.ToString()));
            File.Move(aside, file, overwrite: true);
        }
    }

    public IReadOnlyList<Guid> All() => File.Exists(file) ? [.. File.ReadAllLines(file).Select(Guid.Parse)] : [];
}
