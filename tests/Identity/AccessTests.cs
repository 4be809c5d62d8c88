using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Tests.Organisations;
using Recruitment.Identity.Tests.Provisioning;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests;

/// <summary>Every endpoint, every role, own and foreign: docs/access/identity.txt.</summary>
public sealed class AccessTests(Offices offices) : IClassFixture<Offices>
{
    private const string Root = "/api/v1/identity";
    private const string Supplier = PartyKinds.Supplier;
    private Offices.Someone owner = null!;
    private HttpClient mine = null!;
    private Offices.Someone[] administrators = null!;

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        (owner, administrators) = (await offices.Owner(), await offices.Administrators(2));
        mine = offices.As(owner);
        var once = await offices.Owner(party: owner.Party);
        (await mine.PostAsync($"{Root}/organisations/{owner.Party}/people/{once.Id}/departure", null)).EnsureSuccessStatusCode();
        // Whose token still says owner, and who administers this installation; the table's operator is an administrator by her token alone.
        Asker[] askers = [Own(owner, Roles.Owner), new("left", Roles.Owner, Supplier, owner.Party, $"{once.Id}"), Admin(1)];

        var table = await AccessTable.Of(offices.Host, "identity",
        [
            .. await OfOrganisation(askers), .. await OfPeople(askers), .. Operators(askers), .. Programs(askers), .. await ScimThings.Of(offices, owner),
        ], new Dictionary<string, string> { ["RetireKey"] = "the installation's own keys, no organisation's; Keys/RotationTests retire them" });

        Assert.Empty(table.Holes);
        Assert.Empty(DoneByWhoeverLeft(table.Text));
        Assert.Empty(table.DifferencesTo("docs/access/identity.txt"));
    }

    /// <summary>In the minute of a token that outlives its role somebody may still read; what he changes would last.</summary>
    private static IEnumerable<string> DoneByWhoeverLeft(string table)
    {
        var address = "";
        foreach (var line in table.Split('\n'))
        {
            if (line.Length > 0 && char.IsUpper(line[0])) address = line;
            if (line.StartsWith("    left ", StringComparison.Ordinal) && line.Contains("answered", StringComparison.Ordinal) && !address.StartsWith("GET ", StringComparison.Ordinal)) yield return address;
        }
    }

    private static Asker Left(Asker[] askers) => askers[1];

    private static Asker Own(Offices.Someone who, string role) => new("own", role, who.Kind, who.Party, $"{who.Id}");

    private Asker Admin(int which) => new("admin", Roles.Administrator, PartyKinds.Operator, Offices.Operator, $"{administrators[which].Id}");

    private async Task<IReadOnlyList<Arranged>> OfOrganisation(Asker[] askers)
    {
        var at = $"{Root}/organisations/{owner.Party}";
        var member = await Member();
        var review = await Made($"{at}/reviews");
        return
        [
            new("GetOrganisation", at, askers), new("ListInvitations", $"{at}/invitations", askers), new("ListMembers", $"{at}/people", askers, shows: member.Email),
            new("InviteMember", $"{at}/invitations", askers, new { role = Roles.SupplierUser }),
            new("WithdrawInvitation", async () => $"{at}/invitations/{await Made($"{at}/invitations", new { role = Roles.SupplierUser })}", askers),
            new("GiveRole", async () => $"{at}/people/{(await Member()).Id}/roles", askers, new { role = Roles.Owner }),
            new("EndRole", async () => await RoleOf(await Member(), $"{at}/people", "roles", "end"), askers),
            new("GiveBack", async () => await EndedRole(at, "again"), askers),
            new("Departure", async () => $"{at}/people/{(await Member()).Id}/departure", askers),
            new("OfferOwnership", $"{at}/transfers", askers, new { to = member.Id, giver = "leaves" }),
            new("BeginReview", $"{at}/reviews", askers), new("ListReviews", $"{at}/reviews", askers, shows: $"{review}"), new("GetReview", $"{at}/reviews/{review}", askers),
            new("ExportReview", $"{at}/reviews/{review}/export", askers),
            new("DecideLine", async () => await LineAbout(member, $"{at}/reviews/{review}"), askers, new { decision = "keep" }),
        ];
    }

    private async Task<IReadOnlyList<Arranged>> OfPeople(Asker[] askers)
    {
        var taker = await Member();
        return
        [
            new("ListOwnPeople", $"{Root}/people/mine", askers, shows: taker.Email),
            new("EndMembership", async () => await RoleOf(await Member(), $"{Root}/people", "memberships", "end"), askers),
            new("GiveRoleBack", async () => (await EndedRole($"{Root}/organisations/{owner.Party}", "again")).Replace($"/organisations/{owner.Party}/", "/", StringComparison.Ordinal).Replace("/roles/", "/memberships/", StringComparison.Ordinal), askers),
            // Offered to one person: not even the one who offers it answers for him.
            new("AnswerTransfer", async () => $"{Root}/transfers/{await Made($"{Root}/organisations/{owner.Party}/transfers", new { to = taker.Id, giver = "leaves" })}/answer", [Own(taker, Roles.SupplierUser), new("giver", Roles.Owner, Supplier, owner.Party, $"{owner.Id}"), .. askers[1..]], new { answer = "refuse" }),
        ];
    }

    /// <summary>What the administrators of the installation decide.</summary>
    private Arranged[] Operators(Asker[] askers) =>
    [
        new("DecideClaim", async () => $"{Root}/claims/{(await offices.Owner()).Party}/decision", askers, new { outcome = "verified", basis = "register_extract" }, 0),
        new("DecideRoleRequest", async () => $"{Root}/role-requests/{await Asked()}/decision", [.. askers, new("who asks", Roles.Administrator, PartyKinds.Operator, Offices.Operator, $"{administrators[0].Id}")], new { agree = true }),
        new("TakeAgreedLink", async () =>
        {
            var asked = await Asked();
            using var agreeing = offices.As(administrators[1]);
            (await agreeing.PostAsJsonAsync($"{Root}/role-requests/{asked}/decision", new { agree = true })).EnsureSuccessStatusCode();
            return $"{Root}/role-requests/{asked}/link";
        }, [.. askers, new("who asks", Roles.Administrator, PartyKinds.Operator, Offices.Operator, $"{administrators[0].Id}")]),
        new("ApproveRecovery", async () => $"{await AskedRecovery()}/approve", askers), new("RefuseRecovery", async () => $"{await AskedRecovery()}/refusal", askers),
    ];

    private Arranged[] Programs(Asker[] askers) =>
    [
        new("ChangeClientSecret", async () => $"{Root}/clients/{await Client()}/secret", askers, new { }),
        new("MakeClient", $"{Root}/clients", askers, new { name = "another program", role = Roles.SupplierUser, scopes = new[] { "api" } }),
        new("RegisterSignInClient", $"{Root}/sign-in-clients", [Left(askers)], new { name = "Another Board", redirectUris = new[] { "https://board.example/signed-in" } }),
        new("ClaimDomain", $"{Root}/domains", [Left(askers)], new { domain = "claimed.example" }),
        new("ChangeSingleSignOn", $"{Root}/single-sign-on", [Left(askers)], new { issuer = "https://elsewhere.example", clientId = "any", justInTime = false, forced = false }),
        new("EndSingleSignOn", $"{Root}/single-sign-on", [Left(askers)]),
        new("ChangeProvisioningRules", $"{Root}/provisioning", [Left(askers)], new { groups = Array.Empty<object>() }),
        new("ChangeSignInClientSecret", async () => $"{Root}/sign-in-clients/{await SignInClient()}/secret", askers, new { }),
        new("EndSignInClient", async () => $"{Root}/sign-in-clients/{await SignInClient()}/end", askers),
        new("EndClient", async () => $"{Root}/clients/{await Client()}/end", askers),
        // The owner's own proof would ask the DNS, and hang on what it says: Domains/DomainTests have one of their own.
        new("ProveDomain", async () => $"{Root}/domains/{await Domain("proved.example")}/proof", []),
        new("RemoveDomain", async () => $"{Root}/domains/{await Domain("removed.example")}", askers),
    ];

    private Task<Offices.Someone> Member() => offices.Person(owner.Party, Supplier, Roles.SupplierUser);

    private async Task<string> RoleOf(Offices.Someone who, string people, string kind, string step) => $"{people}/{who.Id}/{kind}/{(await offices.RoleOf(who, Roles.SupplierUser)).Id}/{step}";

    private async Task<string> EndedRole(string at, string step)
    {
        // With another role he stays, and can get the first one back.
        var member = await offices.Person(owner.Party, Supplier, Roles.SupplierUser, Roles.Owner);
        var role = await RoleOf(member, $"{at}/people", "roles", "");
        (await mine.PostAsync($"{role}end", null)).EnsureSuccessStatusCode();
        return role + step;
    }

    private async Task<string> LineAbout(Offices.Someone who, string review) => $"{review}/lines/" + (await mine.GetFromJsonAsync<JsonElement>(review)).GetProperty("lines").EnumerateArray()
        .First(l => l.GetProperty("who").GetString() == who.Email).GetProperty("id").GetGuid();

    private async Task<string> Client()
    {
        using var made = await mine.PostAsJsonAsync($"{Root}/clients", new { name = "our program", role = Roles.SupplierUser, scopes = new[] { "api" } });
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("clientId").GetString()!;
    }

    private async Task<string> SignInClient()
    {
        await offices.With(async db =>
        {
            if (await db.Claims.AnyAsync(c => c.PartyId == owner.Party && c.State == PartyClaim.Verified)) return 0;
            await db.Claims.Where(c => c.PartyId == owner.Party).ExecuteDeleteAsync();
            var claim = PartyClaim.Of(owner.Party);
            claim.Decide(PartyClaim.Verified, PartyClaim.Bases[0], "", "of-a-test", TimeProvider.System.GetUtcNow().UtcDateTime);
            db.Add(claim);
            return await db.SaveChangesAsync();
        });
        using var made = await mine.PostAsJsonAsync($"{Root}/sign-in-clients", new { name = "Our Board", redirectUris = new[] { "https://board.example/signed-in" } });
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("clientId").GetString()!;
    }

    private async Task<string> AskedRecovery()
    {
        var recovery = Recovery.Of((await Member()).Id, TimeProvider.System.GetUtcNow().UtcDateTime);
        await offices.With(db => { db.Add(recovery); return db.SaveChangesAsync(); });
        return $"{Root}/recoveries/{recovery.Id}";
    }

    private async Task<Guid> Domain(string name)
    {
        using var said = await mine.PutAsJsonAsync($"{Root}/domains", new { domain = name });
        said.EnsureSuccessStatusCode();
        return (await said.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task<Guid> Asked()
    {
        using var asking = offices.As(administrators[0]);
        using var asked = await asking.PostAsJsonAsync($"{Root}/role-requests", new { role = Roles.CaseHandler, email = $"reader-{Guid.CreateVersion7():N}@open-hand.example" });
        asked.EnsureSuccessStatusCode();
        return (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task<Guid> Made(string path, object? request = null)
    {
        using var made = await mine.PostAsJsonAsync(path, request);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
