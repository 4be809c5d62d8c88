using System.Net;

namespace Recruitment.Web.Clients;

/// <summary>The risk service, as the signed-in person.</summary>
public sealed class RiskClient(HttpClient http)
{
    public sealed record Line(string Code, string Kind, string Label, int Points, string Basis, string? Source, DateOnly? AsOf);

    public sealed record Estimate(
        string Topic, string TopicLabel, int Severity, int Residual, int Low, int High, string Band, string BandLabel, string Confidence, int ImputedShare,
        DateOnly AsOf, string MethodVersion, string Statement, Line TopFactor);

    public sealed record Voice(string Period, int Points);

    public sealed record Row(
        Guid SiteId, string Site, string Country, string? Sector, Guid SupplierPartyId, string Supplier, int Rank, int Score, Estimate Estimate, Voice? WorkerVoice,
        string Status = "active", DateOnly? EndedOn = null);

    public sealed record BandCount(string Band, string Label, int Sites);

    public sealed record Spread(int Sites, int NotYetScored, IReadOnlyList<BandCount> Bands);

    public sealed record Portfolio(IReadOnlyList<Row> Items, string? Next, Spread Summary, string MethodVersion, DateOnly? AsOf, string Statement);

    public sealed record Gap(string Input, string Label, string? Question, int MayFallBy, int MayRiseBy);

    public sealed record TopicScore(Estimate Estimate, int Inherent, IReadOnlyList<Line> Lines, IReadOnlyList<Gap> Missing);

    public sealed record RecruiterInUse(Guid PartyId, string Name, string Status, Voice? WorkerVoice);

    public sealed record Support(int? Figure, int Corridors, string Meaning);

    public sealed record Change(DateOnly Day, string Topic, string TopicLabel, string Cause, int? Before, int After);

    public sealed record SiteScore(
        Guid SiteId, string Site, string Country, string? Sector, Guid SupplierPartyId, string Supplier, bool Shared, int Score, Estimate Headline, IReadOnlyList<TopicScore> Topics,
        Voice? WorkerVoice, IReadOnlyList<RecruiterInUse> Recruiters, Support SupportNeeded, IReadOnlyList<Change> Changes,
        string Status = "active", DateOnly? EndedOn = null)
    {
        /// <summary>What is not known, the widest swing first, once however many topics it touches.</summary>
        public IEnumerable<(Gap Gap, string Topics)> Missing() => Topics
            .SelectMany(t => t.Missing.Select(gap => (gap, t.Estimate.TopicLabel))).GroupBy(m => m.gap.Input)
            .Select(g => (g.MaxBy(m => m.gap.MayFallBy + m.gap.MayRiseBy).gap, string.Join(", ", g.Select(m => m.TopicLabel))))
            .OrderByDescending(m => m.gap.MayFallBy + m.gap.MayRiseBy);
    }

    /// <summary>Null when the question was not one the service knows.</summary>
    public async Task<Portfolio?> Sites(string? topic, string? cursor, CancellationToken stop)
    {
        var query = string.Join('&', new[] { ("topic", topic), ("cursor", cursor) }
            .Where(p => p.Item2 is { Length: > 0 }).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
        using var answer = await http.GetAsync(At($"api/v1/risk/sites{(query.Length > 0 ? "?" + query : "")}"), stop);
        if (answer.StatusCode == HttpStatusCode.BadRequest) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Portfolio>(stop);
    }

    /// <summary>Null when there is no such site for this reader.</summary>
    public async Task<SiteScore?> Site(Guid id, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"api/v1/risk/sites/{id}"), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<SiteScore>(stop);
    }

    /// <summary>The recompute file as it came; null when there is no such site for this reader.</summary>
    public async Task<byte[]?> Inputs(Guid id, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"api/v1/risk/sites/{id}/inputs"), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(stop);
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
