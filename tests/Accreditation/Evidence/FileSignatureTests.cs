using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Accreditation.Tests.Evidence;

/// <summary>A file is what its name says: an auditor who opens it later must not find something else.</summary>
public sealed class FileSignatureTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private static readonly Dictionary<string, byte[]> Contents = new()
    {
        ["text"] = [.. "Licence 12 of 2026"u8],
        ["thai"] = [.. "ใบอนุญาตจัดหางาน"u8],
        ["pdf"] = AccreditationApp.Licence,
        ["pdf after a few bytes"] = [0xEF, 0xBB, 0xBF, .. AccreditationApp.Licence],
        ["pdf far behind"] = [.. new byte[2000], .. AccreditationApp.Licence],
        ["png"] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0],
        ["jpeg"] = [0xFF, 0xD8, 0xFF, 0xE0, 0],
        ["zip"] = [0x50, 0x4B, 3, 4, 0],
        ["program"] = [0x4D, 0x5A, 0x90, 0, 3],
    };

    [Theory]
    [InlineData("licence.pdf", "pdf")]
    [InlineData("licence.PDF", "pdf after a few bytes")]
    [InlineData("scan.png", "png")]
    [InlineData("scan.jpg", "jpeg")]
    [InlineData("scan.jpeg", "jpeg")]
    [InlineData("fees.xlsx", "zip")]
    [InlineData("policy.docx", "zip")]
    [InlineData("note.txt", "text")]
    [InlineData("list.csv", "thai")]
    public async Task A_file_that_is_what_its_name_says_is_taken(string name, string content)
    {
        var (recruiter, id) = await app.Begun();

        Assert.Equal(HttpStatusCode.Created, (await AccreditationApp.Attach(app.Recruiter(recruiter), id, Contents[content], name)).StatusCode);
    }

    [Theory]
    [InlineData("licence.pdf", "text", "a PDF")]
    [InlineData("licence.pdf", "pdf far behind", "a PDF")]
    [InlineData("scan.png", "jpeg", "a PNG picture")]
    [InlineData("scan.jpg", "png", "a JPEG picture")]
    [InlineData("fees.xlsx", "text", "an Excel workbook")]
    [InlineData("policy.docx", "pdf", "a Word document")]
    [InlineData("note.txt", "program", "plain text")]
    [InlineData("list.csv", "zip", "plain text")]
    public async Task Any_other_is_refused_with_what_to_do_and_leaves_nothing(string name, string content, string kind)
    {
        var (recruiter, id) = await app.Begun();

        var answer = await AccreditationApp.Attach(app.Recruiter(recruiter), id, Contents[content], name);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:recruitment:evidence-content", problem["type"]!.GetValue<string>());
        Assert.Contains(kind, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("attach it again", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{AccreditationApp.Root}/applications/{id}"))!["evidence"]!.AsArray());
    }
}
