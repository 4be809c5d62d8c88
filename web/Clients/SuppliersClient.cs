using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>The suppliers service, as the signed-in person.</summary>
public sealed class SuppliersClient(HttpClient http)
{
    private const string Base = "api/v1/suppliers";

    public sealed record Relation(Guid PartyId, string Name, string Country, int Sites, bool Asked, bool Shared);

    public sealed record Relations(IReadOnlyList<Relation> Suppliers, string? Next, int Total);

    public sealed record Import(
        Guid Id, string FileName, string Status, int? RowsTotal, int RowsRead, int Accepted, int Refused, int Added, int Changed,
        string? ProblemCode, string? Problem, DateTime CreatedAt, DateTime? FinishedAt, DateTime? TakenBackAt);

    /// <summary>What would happen if a list were taken back now.</summary>
    public sealed record TakingBack(int Sites, int Suppliers, int SharingSuppliers, int StayingRows);

    public sealed record Imports(IReadOnlyList<Import> Items, string? Next)
    {
        public static Imports None { get; } = new([], null);
    }

    public sealed record ImportRow(int Number, string Name, string Country, string Address, string? Column, string? Code, string? Sentence, Guid? PartyId);

    public sealed record ImportRows(IReadOnlyList<ImportRow> Rows, int? Next);

    public sealed record Received(Guid Id, string Status);

    public sealed record Party(
        Guid Id, string Kind, string Name, string Country, string Status, bool Shared, DateTime? AskedAt, DateTime? SharingEndedAt,
        string? LegalName, string? RegistrationNumber, string? ContactRole, bool? EmployerHousing,
        IReadOnlyList<PartySite> Sites, IReadOnlyList<Link> Recruiters);

    public sealed record PartySite(Guid Id, string Name, string Address, string Country, string? Sector, string Status, int? WorkersTotal, string? VendorNumber);

    public sealed record Link(Guid Id, Guid SiteId, Guid RecruiterId, string RecruiterName, string OriginCountry, DateOnly From, DateOnly? To);

    public sealed record Site(
        Guid Id, Guid PartyId, string Name, string Address, string Country, string? Province, string? Sector, string Status,
        int? WorkersTotal, DateOnly? WorkersAsOf, IReadOnlyList<Cell> Workforce, IReadOnlyDictionary<string, string> Answers, DateOnly? AnswersAsOf,
        DateOnly? EndedOn = null, OwnListing? Listed = null);

    /// <summary>What the brand's own list says of a place of which the supplier tells it.</summary>
    public sealed record OwnListing(string Name, string Country, string? Sector, DateOnly? ListedOn);

    public sealed record Cell(string Nationality, string Sex, string Workers);

    public sealed record Invitation(string? Link, DateTime? ExpiresAt, bool AskedToShare);

    public sealed record Mine(
        Guid PartyId, string Name, string Country, Profile Profile, IReadOnlyList<MySite> Sites, IReadOnlyList<Link> Recruiters,
        IReadOnlyList<Asker> Brands, Progress Progress);

    public sealed record Profile(string? LegalName, string? RegistrationNumber, string? ContactRole, bool? EmployerHousing, int Version = 0);

    public sealed record MySite(
        Guid Id, string Name, string Address, string Country, string? Province, string? Sector, string Status, bool Confirmed, int Version,
        int? WorkersTotal, DateOnly? WorkersAsOf, IReadOnlyList<Count> Workforce, IReadOnlyDictionary<string, string> Answers, DateOnly? AnswersAsOf, int AnswersVersion);

    public sealed record Count(string Nationality, string Sex, int Workers);

    public sealed record Asker(Guid RelationId, string Brand, bool Shared, DateTime? SharingEndedAt);

    public sealed record Progress(bool Profile, bool Sites, int WorkforceDone, int AssessmentDone, int SitesTotal, bool Recruiters, int Percent);

    public sealed record Questions(string Version, string AsOf, IReadOnlyList<Question> Items);

    public sealed record Question(string Code, string Topic, string Text, IReadOnlyList<Choice> Options);

    public sealed record Choice(string Code, string Text);

    public sealed record Organisation(Guid Id, string Kind, string Name, string Country, int Version = 0);

    public sealed record Organisations(IReadOnlyList<Organisation> Items, int? Next);

    public sealed record AlikeRecruiter(Guid Id, string Name, string Country);

    private sealed record AlikeRecruiters(IReadOnlyList<AlikeRecruiter> Items);

    private sealed record Catalogue(string Version, string AsOf, IReadOnlyList<Question> Questions);

    /// <summary>An answer, or the sentence of the problem.</summary>
    public sealed record Outcome<T>(T? Value, string? Problem)
        where T : class;

    public async Task<Relations> ListRelations(string? query, string? after, CancellationToken stop) =>
        (await http.GetFromJsonAsync<Relations>(At($"relations?query={Uri.EscapeDataString(query ?? "")}&cursor={(Guid.TryParse(after, out var last) ? last : null)}"), stop))!;

    /// <param name="after">The end of the page before; one that is no cursor begins again.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public async Task<Imports> ListImports(string? after, CancellationToken stop)
    {
        using var answer = await http.GetAsync(At(string.IsNullOrEmpty(after) ? "imports" : $"imports?cursor={Uri.EscapeDataString(after)}"), stop);
        if (answer.StatusCode == HttpStatusCode.BadRequest && !string.IsNullOrEmpty(after)) return await ListImports(null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Imports>(stop))!;
    }

    public async Task<Import?> GetImport(Guid id, CancellationToken stop) => await Find<Import>($"imports/{id}", stop);

    public async Task<ImportRows?> ListImportRows(Guid id, bool accepted, int after, CancellationToken stop) =>
        await Find<ImportRows>($"imports/{id}/rows?accepted={accepted}&cursor={after}", stop);

    /// <summary>Passes the list on as it arrives; it is kept nowhere here.</summary>
    public async Task<Outcome<Received>> Receive(Stream list, string? fileName, Once once, CancellationToken stop)
    {
        using var content = new StreamContent(list);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, At($"imports?fileName={Uri.EscapeDataString(fileName ?? "")}")) { Content = content };
        once.On(request);
        return await Read<Received>(await http.SendAsync(request, stop), stop);
    }

    public async Task<HttpResponseMessage> RefusedRows(Guid id, CancellationToken stop)
    {
        using var request = AnswersInTime.Streamed(At($"imports/{id}/refused.csv"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    /// <summary>The sentence of the problem, or null when it is gone.</summary>
    public async Task<string?> RemoveImport(Guid id, CancellationToken stop) => await Problem(await http.DeleteAsync(At($"imports/{id}"), stop), stop);

    public async Task<TakingBack?> PreviewTakingBack(Guid id, CancellationToken stop) => await Find<TakingBack>($"imports/{id}/taking-back", stop);

    /// <summary>The sentence of the problem, or null when it is under way.</summary>
    public async Task<string?> TakeBack(Guid id, CancellationToken stop) => await Problem(await http.PostAsync(At($"imports/{id}/taking-back"), null, stop), stop);

    /// <summary>For the administrator: organisations by part of their name, or the sentence that says how to search.</summary>
    public async Task<Outcome<Organisations>> FindOrganisations(string query, int after, CancellationToken stop) =>
        await Read<Organisations>(await http.GetAsync(At($"parties?query={Uri.EscapeDataString(query)}{(after == 0 ? "" : $"&cursor={after}")}"), stop), stop);

    /// <summary>For the administrator: what organisations are called.</summary>
    public async Task<IReadOnlyList<Organisation>> NamesOf(IEnumerable<Guid> ids, CancellationToken stop)
    {
        var found = new List<Organisation>();
        foreach (var some in ids.Distinct().Chunk(100))
            found.AddRange((await http.GetFromJsonAsync<Organisations>(At($"parties?{string.Join('&', some.Select(id => $"ids={id}"))}"), stop))!.Items);
        return found;
    }

    /// <summary>For the administrator: registers an organisation under this id, which is there already where a version of it was read. The sentence of the problem, or null when it is there.</summary>
    public async Task<string?> RegisterOrganisation(Guid id, string kind, string name, string country, int? version, CancellationToken stop) =>
        await Problem(await new Once { Version = version }.Send(http, HttpMethod.Put, At($"parties/{id}"), new { kind, name, country }, stop), stop);

    public async Task<Party?> GetParty(Guid id, CancellationToken stop) => await Find<Party>($"parties/{id}", stop);

    public async Task<Site?> GetSite(Guid id, CancellationToken stop) => await Find<Site>($"sites/{id}", stop);

    public async Task<Outcome<Invitation>> Invite(Guid party, Once once, CancellationToken stop) =>
        await Read<Invitation>(await once.Send(http, HttpMethod.Post, At($"{party}/invitations"), null, stop), stop);

    public async Task<Mine?> GetMine(CancellationToken stop) => await Find<Mine>("mine", stop);

    public async Task<Questions> GetQuestions(CancellationToken stop)
    {
        var catalogue = (await http.GetFromJsonAsync<Catalogue>(At("questions"), stop))!;
        return new(catalogue.Version, catalogue.AsOf, catalogue.Questions);
    }

    /// <summary>The sentence of the problem, or null when it was saved.</summary>
    /// <summary>The version goes as a header: the service refuses a body with members that it does not know.</summary>
    public async Task<string?> ChangeProfile(Profile profile, Once once, CancellationToken stop) => await Problem(await once.Send(
        http, HttpMethod.Put, At("mine/profile"), new { profile.LegalName, profile.RegistrationNumber, profile.ContactRole, profile.EmployerHousing }, stop), stop);

    public async Task<string?> SaveSite(Guid? site, object form, Once once, CancellationToken stop) => await Problem(
        await (site is null ? once.Send(http, HttpMethod.Post, At("mine/sites"), form, stop) : once.Send(http, HttpMethod.Put, At($"mine/sites/{site}"), form, stop)), stop);

    public async Task<string?> DeclareWorkforce(Guid site, DateOnly asOf, IReadOnlyList<Count> counts, Once once, CancellationToken stop) =>
        await Problem(await once.Send(http, HttpMethod.Put, At($"mine/sites/{site}/workforce"), new { asOf, counts }, stop), stop);

    public async Task<string?> SubmitSelfAssessment(Guid site, string catalogueVersion, IReadOnlyDictionary<string, string> answers, Once once, CancellationToken stop) =>
        await Problem(await once.Send(http, HttpMethod.Put, At($"mine/sites/{site}/self-assessment"), new { catalogueVersion, answers }, stop), stop);

    public async Task<string?> DeclareRecruiter(Guid site, string? recruiterName, string? recruiterCountry, string originCountry, DateOnly from, Once once, CancellationToken stop) =>
        await Problem(await once.Send(http, HttpMethod.Post, At($"mine/sites/{site}/recruiters"), new { recruiterName, recruiterCountry, originCountry, from }, stop), stop);

    /// <summary>One that is known already, by its id.</summary>
    public async Task<string?> DeclareRecruiter(Guid site, Guid recruiterId, string originCountry, DateOnly from, Once once, CancellationToken stop) =>
        await Problem(await once.Send(http, HttpMethod.Post, At($"mine/sites/{site}/recruiters"), new { recruiterId, originCountry, from }, stop), stop);

    /// <summary>Known recruiters of that country with a name much like this one. None where the question cannot be answered: declaring says why.</summary>
    public async Task<IReadOnlyList<AlikeRecruiter>> FindAlikeRecruiters(string name, string country, CancellationToken stop) =>
        (await Read<AlikeRecruiters>(await http.GetAsync(At($"recruiters/alike?name={Uri.EscapeDataString(name)}&country={Uri.EscapeDataString(country)}"), stop), stop)).Value?.Items ?? [];

    public async Task<string?> EndRecruiterLink(Guid link, DateOnly to, CancellationToken stop) =>
        await Problem(await http.PostAsJsonAsync(At($"mine/recruiters/{link}/end"), new { to }, stop), stop);

    public async Task<string?> Share(Guid relation, CancellationToken stop) => await Problem(await http.PostAsync(At($"mine/brands/{relation}/share"), null, stop), stop);

    public async Task<string?> EndSharing(Guid relation, CancellationToken stop) => await Problem(await http.DeleteAsync(At($"mine/brands/{relation}/share"), stop), stop);

    private async Task<T?> Find<T>(string path, CancellationToken stop)
        where T : class
    {
        using var answer = await http.GetAsync(At(path), stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(stop);
    }

    private static async Task<string?> Problem(HttpResponseMessage answer, CancellationToken stop)
    {
        using (answer) return answer.IsSuccessStatusCode ? null : await Sentence(answer, stop);
    }

    private static async Task<Outcome<T>> Read<T>(HttpResponseMessage answer, CancellationToken stop)
        where T : class
    {
        using (answer) return answer.IsSuccessStatusCode ? new(await answer.Content.ReadFromJsonAsync<T>(stop), null) : new(null, await Sentence(answer, stop));
    }

    private static async Task<string> Sentence(HttpResponseMessage answer, CancellationToken stop)
    {
        const string unknown = "This was not saved. Check what you entered and try again.";
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return unknown;
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        if (Once.Sentence(answer.StatusCode, problem.TryGetProperty("type", out var type) ? type.GetString() : null) is { } told) return told;
        if (problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 } sentence) return sentence;
        return problem.TryGetProperty("errors", out var errors) && errors.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Array } first
            ? first.Value[0].GetString() ?? unknown : unknown;
    }

    private static Uri At(string path) => new($"{Base}/{path}", UriKind.Relative);
}
