using System.Net;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>The accreditation service, as the signed-in person. A write answers null, or the sentence of what is wrong.</summary>
public sealed class AccreditationClient(HttpClient http)
{
    private const string Root = "api/v1/accreditation";

    public sealed record Scheme(string Code, string Version, string Title, string Caveat, IReadOnlyList<Principle> Principles)
    {
        public IEnumerable<Criterion> Criteria => Principles.SelectMany(p => p.Criteria);
    }

    public sealed record Principle(string Code, string Title, IReadOnlyList<Criterion> Criteria)
    {
        public IEnumerable<Indicator> Indicators => Criteria.SelectMany(c => c.Indicators);
    }

    public sealed record Criterion(string Code, string Title, string Topic, IReadOnlyList<Indicator> Indicators);

    public sealed record Indicator(string Code, string Text, IReadOnlyList<string> Evidence, bool ZeroTolerance, bool EvidenceRequired);

    public sealed record Line(
        Guid Id, Guid AuditId, string RecruiterName, string Country, string State, IReadOnlyList<string> Corridors,
        DateOnly? AuditDueOn, DateOnly? AuditedOn, int Answered, int Indicators, string MyTask, string? PublicStatus = null, DateOnly? SuspendedUntil = null, bool StatusWasHandedOver = false, bool AuditIsOverdue = false, string? SentBack = null, DateOnly? BegunOn = null)
    {
        /// <summary>Nothing more comes of it: the recruiter may apply again.</summary>
        public bool HasEnded => IsOver(State, PublicStatus);

        /// <summary>Only a status is suspended, and only a suspension leaves a plan for jobseekers.</summary>
        public bool MayHavePlan => State is "granted" or "suspended" or "withdrawn";
    }

    private static bool IsOver(string state, string? publicStatus) => state is "rejected" or "refused" or "withdrawn" || publicStatus == "expired";

    /// <summary>A page of applications, the most urgent first, and where the next one begins.</summary>
    public sealed record Listed(IReadOnlyList<Line> Items, string? Next);

    public sealed record AuditBody(Guid Id, string Name, string Country);

    private sealed record AuditBodyPage(IReadOnlyList<AuditBody> Items, Guid? Next);

    public sealed record Application
    {
        public required Guid Id { get; init; }
        public required Guid AuditId { get; init; }
        public required int Version { get; init; }
        public required string RecruiterName { get; init; }
        public required string Country { get; init; }
        public required string State { get; init; }
        public string? PublicStatus { get; init; }
        public required string SchemeVersion { get; init; }
        public required IReadOnlyList<string> Corridors { get; init; }
        public required IReadOnlyList<string> Sectors { get; init; }
        public string? AuditBodyName { get; init; }
        public DateOnly? DeferredUntil { get; init; }
        public bool DeferralIsOver { get; init; }
        public DateOnly? AuditDueOn { get; init; }
        public bool AuditIsOverdue { get; init; }
        public DateOnly? AuditedOn { get; init; }
        public DateOnly? DecidedOn { get; init; }
        public DateOnly? ValidTo { get; init; }
        public DateOnly? SurveillanceDueOn { get; init; }
        public DateOnly? SuspendedUntil { get; init; }
        public string? Rationale { get; init; }
        public JobseekerPlan? JobseekerPlan { get; init; }
        public string? AuditSummary { get; init; }
        public SentBackAudit? SentBack { get; init; }
        public bool? MyConflict { get; init; }
        public string? WhyNotDecide { get; init; }
        public bool? BodyIsOfTheGroup { get; init; }
        public bool AuditorIsWanted { get; init; }
        public bool StatusWasHandedOver { get; init; }
        public required IReadOnlyList<Answer> Answers { get; init; }
        public required IReadOnlyList<Evidence> Evidence { get; init; }
        public required IReadOnlyList<Finding> Findings { get; init; }
        public required IReadOnlyList<Declaration> Declarations { get; init; }
        public required IReadOnlyList<HistoryLine> History { get; init; }
        public IReadOnlyList<Reminder> Reminders { get; init; } = [];
        public required IReadOnlyList<Lack> Missing { get; init; }

        /// <summary>The day of the suspension that the plan for jobseekers belongs to.</summary>
        public DateOnly? LastSuspendedOn => History.LastOrDefault(h => h.To == "suspended") is { } step ? step.Day : null;

        /// <summary>Criteria whose open major or critical findings stand against a grant until the auditor has seen them put right.</summary>
        public IReadOnlyList<string> ToPutRight => [.. Findings.Where(f => f.Status == "open" && f.Grade is "major" or "critical").Select(f => f.Criterion)];

        /// <summary>Criteria that nobody looked at: nothing is granted on them, and only an audit sent back can change it.</summary>
        public IReadOnlyList<string> NotVerified => [.. Findings.Where(f => f.Grade == "not_verified").Select(f => f.Criterion)];

        /// <summary>It was said that the status ends soon: so soon that another application is to be thought of.</summary>
        public bool EndsSoon => Reminders.Any(r => r.Deadline == "validity_ends_soon" && r.Day == ValidTo);

        /// <summary>The recruiter may still write.</summary>
        public bool IsOpen => State is "draft" or "deferred";

        /// <summary>Nothing more comes of it: the recruiter may apply again.</summary>
        public bool HasEnded => IsOver(State, PublicStatus);

        /// <summary>When it was sent last.</summary>
        public DateOnly? SentOn => On(h => h.To == "submitted");

        /// <summary>When the auditor was named: no audit ends before.</summary>
        public DateOnly? AuditorNamedOn => On(h => h is { From: "eligible", To: "audit_assigned" });

        /// <summary>What the scheme manager asks for, while the application is with the recruiter again.</summary>
        public string? AskedFor => State == "deferred" ? History.LastOrDefault(h => h.To == "deferred")?.Reason : null;

        private DateOnly? On(Func<HistoryLine, bool> step) => History.LastOrDefault(step) is { } taken ? taken.Day : null;
    }

    /// <summary>Why an audit is open again, and what closed it before.</summary>
    public sealed record SentBackAudit(string Reason, DateOnly? AuditedOn, int? InterviewsHeld, string? Summary);

    /// <summary>What happens to jobseekers in process, as the last suspension said.</summary>
    public sealed record JobseekerPlan(string Money, string Papers, string Contracts, string Travel);

    public sealed record Answer(string Indicator, string Value, string? Why, string? Note);

    public sealed record Evidence(Guid Id, string Indicator, string Description, string Level, string Extension, long Size, string Sha256, DateOnly? DestroyOn = null, DateOnly? DestroyedOn = null);

    public sealed record Finding(string Criterion, string Grade, string Text, string EvidenceLevel, string Status, string? ClosedWith);

    public sealed record Declaration(string AuditorSubject, string SignedAs, bool HasConflict, string Statement, DateTime At, bool WasNamed, bool MayBeNamed = false);

    public sealed record HistoryLine(int Number, string? From, string To, DateTime At, string? Reason, string? By, string? Rationale = null, DateOnly? On = null)
    {
        /// <summary>The day where the scheme counts its days; of a service that does not say it yet, the day in UTC.</summary>
        public DateOnly Day => On ?? DateOnly.FromDateTime(At);
    }

    /// <summary>A day that came, or comes soon.</summary>
    public sealed record Reminder(string Deadline, DateOnly Day);

    public sealed record Lack(string Kind, string Indicator, string Sentence);

    /// <summary>A place in a text that may point to a person, or (a claim) says what no audit can say.</summary>
    public sealed record Hit(string Id, string Kind, string Text)
    {
        public bool CanBeKept => Kind != "claim";
    }

    /// <summary>Why such a place stays.</summary>
    public sealed record Kept(string Hit, string Reason);

    private sealed record Scanned(IReadOnlyList<Hit> Hits);

    public async Task<Scheme> GetScheme(CancellationToken stop) => (await http.GetFromJsonAsync<Scheme>(At("scheme"), stop))!;

    public async Task<Listed> List(string? cursor, CancellationToken stop) =>
        (await http.GetFromJsonAsync<Listed>(At(string.IsNullOrEmpty(cursor) ? "applications" : $"applications?cursor={Uri.EscapeDataString(cursor)}"), stop))!;

    /// <summary>Page after page to the last, for whoever has few or looks for one.</summary>
    public async Task<IReadOnlyList<Line>> ListAll(CancellationToken stop)
    {
        var all = new List<Line>();
        string? cursor = null;
        do
        {
            var page = await List(cursor, stop);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>The recruiter's own: the one named; else the application under way or the status in force, else the last that ended.</summary>
    public async Task<Application?> Own(Guid? named, CancellationToken stop)
    {
        if (named is { } id) return await Get(id, stop);
        var lines = await ListAll(stop);
        return (lines.FirstOrDefault(l => !l.HasEnded) ?? lines.MaxBy(l => l.Id)) is { } line ? await Get(line.Id, stop) : null;
    }

    /// <summary>Of all pages.</summary>
    public async Task<IReadOnlyList<AuditBody>> AuditBodies(CancellationToken stop)
    {
        var bodies = new List<AuditBody>();
        Guid? cursor = null;
        do
        {
            var page = (await http.GetFromJsonAsync<AuditBodyPage>(At(cursor is null ? "audit-bodies" : $"audit-bodies?cursor={cursor}"), stop))!;
            bodies.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return bodies;
    }

    public async Task<Application?> Get(Guid id, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At($"applications/{id}"), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Application>(stop);
    }

    public Task<string?> Begin(IReadOnlyList<string> corridors, IReadOnlyList<string> sectors, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, "applications", new { corridors, sectors }, once, stop);

    public Task<string?> ChangeScope(Guid id, IReadOnlyList<string> corridors, IReadOnlyList<string> sectors, Once once, CancellationToken stop) =>
        Send(HttpMethod.Put, $"applications/{id}/scope", new { corridors, sectors }, once, stop);

    public Task<string?> Save(Guid id, IReadOnlyList<Answer> answers, Once once, CancellationToken stop) =>
        Send(HttpMethod.Put, $"applications/{id}/answers", new { answers }, once, stop);

    public async Task<string?> Attach(Guid id, MultipartFormDataContent form, Once once, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At($"applications/{id}/evidence")) { Content = form };
        once.On(request);
        return await Sentence(await http.SendAsync(request, stop), stop);
    }

    public async Task<Stream?> ReadEvidence(Guid id, Guid evidence, CancellationToken stop)
    {
        using var request = AnswersInTime.Streamed(At($"applications/{id}/evidence/{evidence}"));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStreamAsync(stop);
        answer.Dispose();
        return null;
    }

    public Task<string?> RemoveEvidence(Guid id, Guid evidence, CancellationToken stop) => Send(HttpMethod.Delete, $"applications/{id}/evidence/{evidence}", null, stop);

    public Task<string?> Submit(Guid id, Once once, CancellationToken stop) => Send(HttpMethod.Post, $"applications/{id}/submit", null, once, stop);

    public Task<string?> Review(Guid id, string outcome, string reason, Guid? auditBodyPartyId, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/review", new { outcome, reason, auditBodyPartyId }, once, stop);

    public Task<string?> Assign(Guid id, string auditorSubject, DateOnly? dueOn, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/auditor", new { auditorSubject, dueOn }, once, stop);

    public Task<string?> AskAuditBody(Guid id, Guid auditBodyPartyId, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/audit-body", new { auditBodyPartyId }, once, stop);

    public Task<string?> HandOverStatus(Guid id, Guid auditBodyPartyId, string reason, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/status-body", new { auditBodyPartyId, reason }, once, stop);

    public Task<string?> DeclareConflict(Guid id, bool hasConflict, string statement, string signedAs, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/conflict-declarations", new { hasConflict, statement, signedAs }, once, stop);

    /// <summary>What in a text may point to a person. None where the text cannot be scanned: saving it says why.</summary>
    public Task<IReadOnlyList<Hit>> Scan(Guid audit, string where, string text, CancellationToken stop) => ScanAt($"audits/{audit}/text-scans", where, text, stop);

    /// <summary>The same for reasons and plan of whoever decides.</summary>
    public Task<IReadOnlyList<Hit>> ScanDecision(Guid id, string where, string text, CancellationToken stop) => ScanAt($"applications/{id}/text-scans", where, text, stop);

    private async Task<IReadOnlyList<Hit>> ScanAt(string path, string where, string text, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(At(path), new { where, text }, stop);
        return answer.StatusCode == HttpStatusCode.OK ? (await answer.Content.ReadFromJsonAsync<Scanned>(stop))!.Hits : [];
    }

    public Task<string?> RecordFinding(Guid audit, string criterion, string grade, string text, string evidenceLevel, IReadOnlyList<Kept> kept, Once once, CancellationToken stop) =>
        Send(HttpMethod.Put, $"audits/{audit}/findings/{criterion}", new { grade, text, evidenceLevel, kept }, once, stop);

    public Task<string?> CloseFinding(Guid audit, string criterion, string proof, IReadOnlyList<Kept> kept, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"audits/{audit}/findings/{criterion}/closure", new { proof, kept }, once, stop);

    public Task<string?> CloseAudit(Guid audit, DateOnly auditedOn, string summary, int? interviewsHeld, IReadOnlyList<Kept> kept, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"audits/{audit}/close", new { auditedOn, summary, interviewsHeld, kept }, once, stop);

    public Task<string?> Decide(Guid id, string outcome, string rationale, IReadOnlyList<Kept> kept, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/decision", new { outcome, rationale, kept }, once, stop);

    public Task<string?> ChangeStatus(Guid id, string action, string? reasonCode, object? jobseekerPlan, string? rationale, IReadOnlyList<Kept> kept, Once once, CancellationToken stop) =>
        Send(HttpMethod.Post, $"applications/{id}/status", new { action, reasonCode, jobseekerPlan, rationale, kept }, once, stop);

    private async Task<string?> Send(HttpMethod method, string path, object? body, Once once, CancellationToken stop) =>
        await Sentence(await once.Send(http, method, At(path), body, stop), stop);

    private async Task<string?> Send(HttpMethod method, string path, HttpContent? content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, At(path)) { Content = content };
        return await Sentence(await http.SendAsync(request, stop), stop);
    }

    private static async Task<string?> Sentence(HttpResponseMessage given, CancellationToken stop)
    {
        using var answer = given;
        if (answer.IsSuccessStatusCode) return null;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return "This is not here any more, or it is not yours to change.";

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        if (Once.Sentence(answer.StatusCode, problem.TryGetProperty("type", out var type) ? type.GetString() : null) is { } told) return told;
        return problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } sentence
            ? sentence : "Something in the form was not filled in as it should be. Check each field and send it again.";
    }

    private static Uri At(string path) => new($"{Root}/{path}", UriKind.Relative);
}
