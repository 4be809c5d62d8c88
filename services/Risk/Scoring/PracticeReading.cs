using Recruitment.Risk.Method;

namespace Recruitment.Risk.Scoring;

/// <summary>Reads what a site declared about practice. An answer lawfully declined or never asked is neither known nor missing.</summary>
internal static class PracticeReading
{
    public enum State { Known, Missing, NotAGap }

    public static (State State, int Value, string Basis) Read(SiteInputs site, string input, RiskMethod method)
    {
        if (input == method.Recruiters.Code) return OfRecruiters(site, method.Recruiters);

        var practice = method.Practice.First(p => p.Code == input);
        var answer = site.Answers?.GetValueOrDefault(practice.Question);
        return answer switch
        {
            "not_asked" => (State.NotAGap, 0, ""),
            "declined" when practice.MayBeDeclined => (State.NotAGap, 0, ""),
            not null when practice.Values.TryGetValue(answer, out var value) => (State.Known, value, "self_declared"),
            _ => (State.Missing, 0, ""),
        };
    }

    /// <summary>What this site said itself, for the percentiles of its peers.</summary>
    public static IEnumerable<(string Input, int Value)> Known(SiteInputs site, RiskMethod method) =>
        method.Practice.Select(p => p.Code).Append(method.Recruiters.Code)
            .Select(input => (input, Read: Read(site, input, method)))
            .Where(r => r.Read.State == State.Known).Select(r => (r.input, r.Read.Value));

    // The worst standing decides: a second, accredited recruiter takes nothing away from what the first may do.
    private static (State, int, string) OfRecruiters(SiteInputs site, RecruitersInput scale)
    {
        if (site.Recruiters.Count > 0) return (State.Known, site.Recruiters.Max(r => scale.Of(r.Status)), "declared_link");
        var route = site.Answers?.GetValueOrDefault(scale.Question);
        if (route == scale.DirectAnswer) return (State.Known, scale.Direct, "self_declared");
        return (route == "not_asked" ? State.NotAGap : State.Missing, 0, "");
    }
}
