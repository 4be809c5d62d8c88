using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;

namespace Recruitment.Risk.Scoring;

/// <summary>Inherent likelihood of one topic: country of work, sector and goods, and practice, each a line.</summary>
internal sealed class Likelihood(RiskMethod method, FactBook facts, PeerBook peers)
{
    public sealed record Parts(int Inherent, int HalfWidth, int ImputedShare, IReadOnlyList<Line> Lines, IReadOnlyList<Gap> Gaps);

    private sealed record Reading(string Input, string Kind, string Label, int Value, string Basis, int Uncertainty, string? Source, DateOnly? AsOf,
        string? Question, int Least, int Most);

    public Parts Of(SiteInputs site, Topic topic)
    {
        var readings = topic.Inherent.Select(w => (w.Weight, Reading: Read(site, topic, w.Input))).Where(r => r.Reading is not null)
            .Select(r => (Weight: (long)r.Weight, Reading: r.Reading!)).ToList();
        // What was lawfully not asked leaves the sum; the others keep their proportions.
        var total = readings.Sum(r => r.Weight);
        var inherent = (int)(readings.Sum(r => r.Weight * r.Reading.Value) / total);

        var lines = readings.Select(r => new Line(r.Reading.Input, r.Reading.Kind, r.Reading.Label, (int)(r.Weight * r.Reading.Value / total),
            r.Reading.Basis, r.Reading.Source, r.Reading.AsOf)).ToList();
        var rounding = inherent - lines.Sum(l => l.Points);
        if (rounding != 0) lines.Add(new("rounding", "rounding", "Rounding of the lines above", rounding, "method"));

        return new(
            inherent,
            (int)(readings.Sum(r => r.Weight * r.Reading.Uncertainty) / total),
            (int)(readings.Where(r => r.Reading.Basis == "imputed").Sum(r => r.Weight) * 10_000 / total),
            lines,
            [
                .. readings.Where(r => r.Reading is { Basis: "imputed", Question: not null }).Select(r => new Gap(r.Reading.Input, r.Reading.Label, r.Reading.Question,
                    (int)(r.Weight * (r.Reading.Value - r.Reading.Least) / total), (int)(r.Weight * (r.Reading.Most - r.Reading.Value) / total))),
            ]);
    }

    private Reading? Read(SiteInputs site, Topic topic, string input)
    {
        if (input == "sector") return Sector(site, topic);
        return method.Facts.TryGetValue(input, out var scale) ? Country(site, input, scale) : Practice(site, input);
    }

    private Reading Country(SiteInputs site, string code, FactScale scale)
    {
        var fact = facts.Find(code, site.Country);
        var value = fact is null ? null : ValueOf(fact, scale);
        if (fact is null || value is null)
            return new(code, "country", scale.Label, scale.Default, "imputed", method.Interval.Imputed, null, null, null, 0, 0);

        var uncertainty = scale.Uncertainty;
        if (fact.StandardError is { } error && scale is { Low: { } low, High: { } high })
            uncertainty = (int)((long)error * 10_000 / (high - low) * method.Interval.StandardErrors / 1000);
        return new(code, "country", scale.Label, value.Value, "published", uncertainty, $"{fact.Publisher}, {fact.Source}, {fact.Edition}", fact.AsOf, null, 0, 0);
    }

    private static int? ValueOf(Fact fact, FactScale scale)
    {
        if (scale.Map is not null) return scale.Map.TryGetValue(fact.Value, out var mapped) ? mapped : null;
        if (fact.Number is not { } number || scale is not { Low: { } low, High: { } high }) return null;
        return (int)Math.Clamp((long)(high - number) * 10_000 / (high - low), 0, 10_000);
    }

    private Reading Sector(SiteInputs site, Topic topic)
    {
        var scale = method.Sector;
        var rate = FactBook.SectionOf(site.Sector) is { } section ? facts.Find("sector.forced_labour_per_100000", "", section) : null;
        if (rate?.Number is not { } number)
            return new("sector", "sector", scale.Label, scale.Default, "imputed", method.Interval.Imputed, null, null, null, 0, 0);

        var value = scale.RateSteps.Last(step => step[0] <= number / 10_000)[1];
        var goods = FactBook.DivisionOf(site.Sector) is { } division
            ? facts.Find(scale.ChildGoodsTopics.Contains(topic.Code) ? "tvpra.child_labour" : "tvpra.forced_labour", site.Country, division) : null;
        var label = goods is null ? scale.Label : $"{scale.Label}: {scale.GoodsLabel} ({goods.Value})";
        var source = goods is null ? rate.Source : $"{goods.Publisher}, {goods.Source}, {goods.Edition}";
        return new("sector", "sector", label, Math.Min(10_000, value + (goods is null ? 0 : scale.Goods)), "published", scale.Uncertainty, source, (goods ?? rate).AsOf, null, 0, 0);
    }

    private Reading? Practice(SiteInputs site, string input)
    {
        var (state, value, basis) = PracticeReading.Read(site, input, method);
        if (state == PracticeReading.State.NotAGap) return null;

        var known = method.Practice.FirstOrDefault(p => p.Code == input);
        var label = known?.Label ?? method.Recruiters.Label;
        var question = known?.Question ?? method.Recruiters.Question;
        var (least, most) = known is null
            ? (method.Recruiters.Granted, Math.Max(method.Recruiters.Suspended, method.Recruiters.Withdrawn))
            : (known.Values.Values.Min(), known.Values.Values.Max());
        if (state == PracticeReading.State.Known)
        {
            return new(input, "practice", label, value, basis, basis == "declared_link" ? method.Interval.DeclaredLink : method.Interval.SelfDeclared,
                null, basis == "declared_link" ? null : site.AnsweredOn, question, least, most);
        }
        var peer = peers.Find(site, input);
        return new(input, "practice", label, peer ?? known?.Default ?? method.Recruiters.Default, "imputed", method.Interval.Imputed,
            peer is null ? "default of the method: too few peers" : "75th percentile of sites of that country and sector", null, question, least, most);
    }
}
