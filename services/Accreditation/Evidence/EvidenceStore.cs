using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

internal sealed record EvidenceDescription(string Indicator, string Description, string Level, string Extension);

/// <summary>Seals and opens files chunk by chunk.</summary>
internal sealed class EvidenceStore(AccreditationDb db, EvidenceKeys keys, TimeLimits limits, BusinessClock clock)
{
    public static readonly IReadOnlyList<string> Extensions = ["pdf", "png", "jpg", "jpeg", "txt", "csv", "xlsx", "docx"];

    /// <summary>Seals a file as it arrives and adds it, for the caller to save; or says what is wrong with it.</summary>
    /// <remarks>Sealed chunks wait in memory until the file is whole: a slow sender must not hold a transaction open, least of all on SQLite.</remarks>
    public async Task<(EvidenceFile? File, ProblemHttpResult? Wrong)> Seal(Guid application, EvidenceDescription described, Stream content, CancellationToken stop)
    {
        var id = Guid.CreateVersion7();
        var key = AtRest.NewKey();
        var chunks = new List<EvidenceChunk>();
        var size = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (now, next) = (new byte[EvidenceKeys.ChunkSize], new byte[EvidenceKeys.ChunkSize]);
        var length = await content.ReadAtLeastAsync(now, now.Length, throwOnEndOfStream: false, stop);
        if (length == 0) return (null, Problems.Bad("evidence-empty", "The file is empty. Choose another one."));
        if (FileSignature.Wrong(described.Extension, now.AsSpan(0, length)) is { } sentence) return (null, Problems.Bad("evidence-content", sentence));
        while (length > 0)
        {
            var following = length < now.Length ? 0 : await content.ReadAtLeastAsync(next, next.Length, throwOnEndOfStream: false, stop);
            size += length;
            if (size > SizeLimits.Evidence)
                return (null, Problems.TooLarge("evidence-too-large", $"One file may have {SizeLimits.Evidence >> 20} MB at most. Send it in parts, or a smaller scan."));

            hash.AppendData(now, 0, length);
            var number = chunks.Count;
            chunks.Add(new() { EvidenceId = id, Number = number, Sealed = EvidenceKeys.SealChunk(key, id, number, following == 0, now.AsSpan(0, length)) });
            (now, next, length) = (next, now, following);
        }
        var file = new EvidenceFile
        {
            Id = id, ApplicationId = application, Indicator = described.Indicator, Description = described.Description, Level = described.Level,
            Extension = described.Extension, Size = size, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()), Chunks = chunks.Count,
            WrappedKey = keys.Wrap(key, id), AddedAt = clock.Now, DestroyOn = limits.UndecidedEvidence(limits.TodayOf(clock)),
        };
        CryptographicOperations.ZeroMemory(key);
        db.Evidence.Add(file);
        db.EvidenceChunks.AddRange(chunks);
        return (file, null);
    }

    /// <summary>A decision is taken: from now on the files are kept only for as long as it can be questioned. For the caller to save.</summary>
    public async Task Decided(Guid application, CancellationToken stop)
    {
        foreach (var file in await db.Evidence.Where(e => e.ApplicationId == application && e.DestroyedAt == null).ToListAsync(stop))
            file.DestroyOn = limits.DecidedEvidence(limits.TodayOf(clock));
    }

    public async Task Write(EvidenceFile file, Stream to, CancellationToken stop)
    {
        var key = keys.Unwrap(file.WrappedKey, file.Id);
        for (var number = 0; number < file.Chunks; number++)
        {
            var chunk = await db.EvidenceChunks.AsNoTracking().SingleAsync(c => c.EvidenceId == file.Id && c.Number == number, stop);
            await to.WriteAsync(EvidenceKeys.OpenChunk(key, file.Id, number, number == file.Chunks - 1, chunk.Sealed), stop);
        }
    }
}
