using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Evidence;

/// <summary>Files arrive whole or not at all, are unreadable at rest, and open for those who must look.</summary>
public sealed class EvidenceTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task A_file_of_several_chunks_comes_back_byte_for_byte_to_recruiter_auditor_and_decider()
    {
        var content = AccreditationApp.Pdf(RandomNumberGenerator.GetBytes(700_001));
        var (recruiter, id) = await app.Answered();
        var added = await AccreditationApp.Attach(app.Recruiter(recruiter), id, content);
        var evidence = (await added.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), evidence["sha256"]!.GetValue<string>());
        var path = $"{Root}/applications/{id}/evidence/{evidence["id"]!.GetValue<Guid>()}";

        Assert.Equal(content, await app.Recruiter(recruiter).GetByteArrayAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Recruiter(Guid.CreateVersion7()).GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.SchemeManager().GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Auditor().GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Decider().GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_auditor_named_reads_it_and_another_auditor_of_the_body_does_not()
    {
        var (_, id, _) = await app.Assigned();
        var application = await app.Auditor().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        var path = $"{Root}/applications/{id}/evidence/{application!["evidence"]![0]!["id"]!.GetValue<Guid>()}";

        Assert.Equal(AccreditationApp.Licence, await app.Auditor().GetByteArrayAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Auditor(subject: "auditor-2").GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Evidence_of_one_application_is_not_found_under_another()
    {
        var (recruiter, id) = await app.Answered();
        var added = await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence);
        var evidence = (await added.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<Guid>();
        var (other, otherId) = await app.Begun();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Recruiter(other).GetAsync($"{Root}/applications/{otherId}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Recruiter(other).DeleteAsync($"{Root}/applications/{otherId}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Recruiter(recruiter).GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await app.Recruiter(recruiter).DeleteAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Recruiter(recruiter).GetAsync($"{Root}/applications/{id}/evidence/{evidence}")).StatusCode);
    }

    [Fact]
    public async Task A_replica_that_could_open_no_evidence_does_not_start()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "Without a server the evidence lies where its secret does.");
        var (recruiter, id) = await app.Answered();
        await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence);
        var folder = Directory.CreateTempSubdirectory("recruitment-replica-").FullName;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Replica(folder));

        Assert.Contains("'Secrets:accreditation-evidence' is missing", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "secrets", "accreditation-evidence")));

        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "secrets", "accreditation-evidence"), new string('x', 50), TestContext.Current.CancellationToken);
        refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Replica(folder));

        Assert.Contains("'Secrets:accreditation-evidence' is another one", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_level_that_does_not_exist_is_refused_with_those_that_do()
    {
        var (recruiter, id) = await app.Answered();

        using var refused = await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence, level: "hearsay");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("statement, document, records, several_sources", (await refused.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_plaintext_is_in_the_data_folder()
    {
        var secret = $"plaintext-{Guid.CreateVersion7():N}";
        var (recruiter, id) = await app.Begun();
        (await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Pdf(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(secret, 1000)))))).EnsureSuccessStatusCode();

        foreach (var (name, content) in await RawFiles.In(app.Host.DataFolder))
            Assert.False(content.Contains(secret, StringComparison.Ordinal), $"{name} holds plaintext");
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing()
    {
        var (recruiter, id) = await app.Begun();

        var answer = await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Pdf(new byte[SizeLimits.Evidence]));

        Assert.Equal("urn:recruitment:evidence-too-large", await AccreditationApp.Problem(answer));
        var application = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Empty(application!["evidence"]!.AsArray());
    }

    [Fact]
    public async Task A_form_that_breaks_off_before_its_end_is_refused_and_leaves_nothing()
    {
        var (recruiter, id) = await app.Begun();
        using var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"redacted\"\r\n\r\ntr"u8.ToArray());
        cut.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var answer = await app.Recruiter(recruiter).PostAsync(new Uri($"{Root}/applications/{id}/evidence", UriKind.Relative), cut);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("form-cut-off", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_word_that_it_is_redacted_nothing_is_taken()
    {
        var (recruiter, id) = await app.Begun();

        Assert.Equal("urn:recruitment:not-redacted", await AccreditationApp.Problem(await AccreditationApp.Attach(app.Recruiter(recruiter), id, [1], redacted: false)));
        Assert.Equal("urn:recruitment:evidence-type", await AccreditationApp.Problem(await AccreditationApp.Attach(app.Recruiter(recruiter), id, [1], "run.exe")));
        Assert.Equal("urn:recruitment:null-character", await AccreditationApp.Problem(await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Pdf([0]), description: "Operating\0 licence")));
        Assert.Equal("urn:recruitment:evidence-empty", await AccreditationApp.Problem(await AccreditationApp.Attach(app.Recruiter(recruiter), id, [])));
        Assert.Equal("urn:recruitment:not-multipart", await AccreditationApp.Problem(await app.Recruiter(recruiter).PostAsJsonAsync($"{Root}/applications/{id}/evidence", new { })));
    }

    [Fact]
    public async Task After_sending_nothing_can_be_added()
    {
        var (recruiter, id) = await app.Submitted();

        Assert.Equal("urn:recruitment:application-sent", await AccreditationApp.Problem(await AccreditationApp.Attach(app.Recruiter(recruiter), id, [1])));
    }
}
