using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>What was answered to a request that made something, so that the same request sent again makes nothing and gets the same answer.</summary>
internal sealed class KeptAnswer
{
    /// <summary>Hash over caller, address and key: nobody meets another's answer by guessing a key.</summary>
    public string Id { get; init; } = "";

    /// <summary>Hash over what was sent.</summary>
    public string Request { get; set; } = "";
    public DateTime At { get; init; }

    /// <summary>Null only while something is received in pieces: all else is committed together with its answer.</summary>
    public int? Status { get; set; }
    public string? Location { get; set; }
    public string? Body { get; set; }
}

public static class KeptAnswers
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>The table behind <see cref="Idempotency.WithIdempotencyKey{TDb}"/>.</summary>
    public static void KeepAnswers(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<KeptAnswer>(answer =>
        {
            answer.ToTable("KeptAnswers").HasKey(a => a.Id);
            answer.HasIndex(a => a.At);
        });
    }
}
