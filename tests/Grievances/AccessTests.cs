using System.Net.Http.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>Every endpoint, every role, and of the case handlers who reads a case, who is bound to whom it is about, and who has nothing to do with it: docs/access/grievances.txt.</summary>
public sealed class AccessTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    private const string Root = "/api/v1/grievances";
    private readonly Guid factory = Guid.CreateVersion7();
    private readonly Guid site = Guid.CreateVersion7();
    private static readonly string[] Others = ["    bound ", "    no intake ", "    no reader "];
    private string token = "";
    private int generation;

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_nobody_bound_to_the_accused_anything()
    {
        var owner = Guid.CreateVersion7();
        app.Suppliers.Groups[factory] = [factory, owner];
        app.Suppliers.Owners[site] = factory;
        // On the intake team as well, so that he could open a case until it was said whom it is about.
        await app.Register("bound", intake: true, party: null, owner);
        var later = await app.Register("later", intake: false);
        Asker[] askers = [Reader("own", "mai"), Reader("bound", "bound"), Reader("no intake", "later"), Reader("no reader", "nobody")];
        var first = await Named();

        var table = await AccessTable.Of(app.Host, "grievances", Cases(askers, first, later));

        Assert.Empty(table.Holes);
        // They are of the operator, as the reader is: no border of organisations stands between them and the case.
        Assert.DoesNotContain(table.Text.Split('\n'), line => Others.Any(line.StartsWith) && line.Replace("answered without it", "", StringComparison.Ordinal).Contains("answered", StringComparison.Ordinal));
        Assert.Contains(table.Text.Split('\n'), line => line.StartsWith("    bound    case_handler 404", StringComparison.Ordinal));
        Assert.Empty(table.DifferencesTo("docs/access/grievances.txt"));
    }

    private static Asker Reader(string standing, string subject) => new(standing, Roles.CaseHandler, PartyKinds.Operator, GrievancesApp.Operator, subject);

    private Arranged[] Cases(Asker[] askers, Guid first, TestReader later) =>
    [
        new("ListGrievances", Root, askers, shows: $"{first}"),
        new("GetSealedGrievance", $"{Root}/{first}/sealed", askers),
        new("GetKeysToShare", $"{Root}/{first}/keys", askers),
        new("NameAccused", At("accused"), askers, new { partyId = factory }),
        new("ConfirmGrievance", At("confirmation"), askers, () => (HttpContent)JsonContent.Create(new { contributionToken = token, subjectKind = "site", subjectId = site, topicGroup = "documents", credible = true, independent = true })),
        new("ReplyToWorker", At("replies"), askers, () => (HttpContent)JsonContent.Create(new { sealedForWorker = new byte[48 + 1024], sealedForCase = new byte[48 + 1024], generation, messagesRead = 1 })),
        new("ShareCaseKey", At($"keys/{later.Id}"), askers, () => (HttpContent)JsonContent.Create(new { @sealed = new byte[80], generation })),
        new("CloseGrievance", At("closing"), askers, new { messagesRead = 1 }),
        new("HandOver", At("handover"), askers),
        // The administrators' alone, whichever operator they are of: there is one.
        new("AssignIntake", $"{Root}/readers/{later.Id}/intake", askers, new { intake = false }),
    ];

    private Func<Task<string>> At(string rest) => async () => $"{Root}/{await Named()}/{rest}";

    /// <summary>A case of its own, about the factory.</summary>
    private async Task<Guid> Named()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        token = await app.Mai.Token(id);
        (await app.Mai.Name(id, factory)).EnsureSuccessStatusCode();
        generation = (await app.Mai.Sealed(id)).GetProperty("publicKeyGeneration").GetInt32();
        return id;
    }
}
