using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Reports.Files;

/// <summary>An issued file in the service's own database: sealed chunks, so that one transaction, one backup and one erasure hold for report and file.</summary>
internal sealed class SealedFile
{
    public Guid Id { get; init; }
    public byte[] WrappedKey { get; init; } = [];
    public int Chunks { get; init; }
}

internal sealed class SealedChunk
{
    public Guid FileId { get; init; }
    public int Index { get; init; }
    public byte[] Sealed { get; init; } = [];
}

/// <summary>Each file under a key of its own, itself sealed under the secret <c>reports-files</c>, which lives outside the database.</summary>
internal sealed class SealedFiles(ReportsDb db, Secrets secrets)
{
    private const int ChunkSize = 256 << 10;

    public Guid Add(byte[] content)
    {
        var id = Guid.CreateVersion7();
        var key = AtRest.NewKey();
        var pieces = content.Chunk(ChunkSize).ToList();
        db.Files.Add(new() { Id = id, Chunks = pieces.Count, WrappedKey = AtRest.Seal(secrets.GetKey("reports-files"), key, About(id, -1, pieces.Count)) });
        db.Chunks.AddRange(pieces.Select((piece, i) => new SealedChunk { FileId = id, Index = i, Sealed = AtRest.Seal(key, piece, About(id, i, pieces.Count)) }));
        return id;
    }

    /// <summary>Piece by piece, one in memory at a time.</summary>
    public async Task Write(Guid id, Stream to, CancellationToken stop)
    {
        var file = await db.Files.AsNoTracking().SingleAsync(f => f.Id == id, stop);
        var key = AtRest.Open(secrets.GetKey("reports-files"), file.WrappedKey, About(id, -1, file.Chunks));
        for (var i = 0; i < file.Chunks; i++)
        {
            var chunk = await db.Chunks.AsNoTracking().SingleAsync(c => c.FileId == id && c.Index == i, stop);
            await to.WriteAsync(AtRest.Open(key, chunk.Sealed, About(id, i, file.Chunks)), stop);
        }
    }

    /// <summary>Binds a piece to its file, its place and the file's length: pieces cannot be swapped or left out.</summary>
    private static byte[] About(Guid id, int index, int of) => [.. id.ToByteArray(), .. BitConverter.GetBytes(index), .. BitConverter.GetBytes(of)];
}
