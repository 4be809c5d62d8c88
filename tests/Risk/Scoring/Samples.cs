using CsCheck;
using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Tests.Scoring;

/// <summary>Made-up sites on the shipped method and facts.</summary>
internal static class Samples
{
    public static readonly DateOnly Day = new(2026, 11, 24);
    public static readonly RiskMethod Method = MethodFile.Newest("/nowhere");
    public static readonly FactBook Facts = new(
        DataFiles.All("facts", ".csv", "/nowhere").SelectMany(f => FactFile.Read(f.Name, f.Text)), "shipped");

    public static Scorer Scorer(PeerBook? peers = null) => new(Method, Facts, peers ?? PeerBook.None, Day);

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 2000].Select(back => Day.AddDays(-back));

    private static readonly Gen<IReadOnlyDictionary<string, string>> Answers = Gen.Int[0, 4].Array[Method.Practice.Count + Method.Controls.Count].Select(picks =>
    {
        var questions = Method.Practice.Select(p => (p.Question, Values: p.Values.Keys)).Concat(Method.Controls.Select(c => (c.Question, Values: c.Answers.Keys))).ToList();
        var answers = new Dictionary<string, string>();
        for (var i = 0; i < picks.Length; i++)
        {
            var values = questions[i].Values.Append("declined").Append("not_asked").ToList();
            if (picks[i] > 0) answers[questions[i].Question] = values[(picks[i] * 7) % values.Count];
        }
        return (IReadOnlyDictionary<string, string>)answers;
    });

    private static readonly Gen<FindingOf> Finding = Gen.Select(
        OneOf([.. Method.Topics.Select(t => t.Code)]), OneOf(["conform", "observation", "minor", "major", "critical"]), Gen.Bool,
        (topic, grade, open) => new FindingOf("1", topic, grade, open));

    private static readonly Gen<RecruiterInUse> Recruiter = Gen.Select(
        Gen.Guid, OneOf(["granted", "suspended", "withdrawn", "expired", "none"]), Days, Finding.Array[0, 5],
        (id, status, since, findings) => new RecruiterInUse(id, status, since, [new AuditOf(id, since, findings)]));

    public static readonly Gen<SiteInputs> Site = Gen.Select(
        Gen.Guid, OneOf(["THA", "MMR", "NLD", "ZZZ"]), OneOf(["10", "C", "14", "03", "97", "F", "", "??"]), Gen.Int[0, 3000], Answers, Days, Recruiter.Array[0, 4], Gen.Bool,
        (id, country, sector, workers, answers, on, recruiters, submitted) => new SiteInputs
        {
            SiteId = id, Country = country, Sector = sector, WorkersTotal = workers, Answers = submitted ? answers : null, AnsweredOn = submitted ? on : null, Recruiters = recruiters,
        });

    public static SiteInputs Plain(params (string Question, string Answer)[] answers) => new()
    {
        SiteId = Guid.CreateVersion7(), Country = "THA", Sector = "10", WorkersTotal = 200,
        Answers = answers.ToDictionary(a => a.Question, a => a.Answer), AnsweredOn = Day,
    };

    public static TopicScore Topic(this SiteScore score, string code) => score.Topics.First(t => t.Topic == code);
}
