using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Tests.People;

public sealed class PersonTests
{
    private static readonly DateTime Now = new(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string, string> Allowed => new()
    {
        { "brand", "brand_analyst" }, { "supplier", "supplier_user" }, { "recruiter", "recruiter_user" },
        { "audit_body", "auditor" }, { "audit_body", "decision_maker" },
        { "operator", "case_handler" }, { "operator", "protection_officer" }, { "operator", "scheme_manager" }, { "operator", "administrator" },
    };

    public static TheoryData<string, string> Forbidden
    {
        get
        {
            var allowed = Allowed.Select(row => row.Data).ToHashSet();
            var all = new[] { "brand", "supplier", "recruiter", "audit_body", "operator", "nobody" }
                .SelectMany(kind => Roles.OfPeople.Append(Roles.Service).Select(role => (kind, role)));
            return [.. all.Where(pair => !allowed.Contains(pair))];
        }
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void An_organisation_gives_the_roles_of_its_kind(string kind, string role)
    {
        var person = Person.New("a@b.example");

        person.Join(Guid.CreateVersion7(), kind, role, Now);

        Assert.Equal(role, Assert.Single(person.Memberships).Role);
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void An_organisation_gives_no_other_role(string kind, string role)
    {
        var person = Person.New("a@b.example");

        var refused = Assert.Throws<BrokenRuleException>(() => person.Join(Guid.CreateVersion7(), kind, role, Now));

        Assert.Equal("role-not-of-this-kind", refused.Code);
        Assert.Empty(person.Memberships);
    }

    [Theory]
    [InlineData("brand", "brand_analyst")]
    [InlineData("supplier", "supplier_user")]
    [InlineData("recruiter", "recruiter_user")]
    [InlineData("audit_body", "auditor")]
    public void Who_handles_cases_belongs_to_nobody_a_case_may_be_about_and_the_reverse(string kind, string role)
    {
        foreach (var protecting in new[] { "case_handler", "protection_officer" })
        {
            var handler = Person.New("a@b.example");
            handler.Join(Guid.CreateVersion7(), "operator", protecting, Now);
            Assert.Equal("incompatible-membership", Assert.Throws<BrokenRuleException>(() => handler.Join(Guid.CreateVersion7(), kind, role, Now)).Code);

            var member = Person.New("c@d.example");
            member.Join(Guid.CreateVersion7(), kind, role, Now);
            Assert.Equal("incompatible-membership", Assert.Throws<BrokenRuleException>(() => member.Join(Guid.CreateVersion7(), "operator", protecting, Now)).Code);
        }
    }

    [Fact]
    public void A_link_works_until_it_expires_or_is_used()
    {
        var (link, token) = OneTimeLink.New(Guid.CreateVersion7(), "operator", "administrator", Now.AddHours(1));

        Assert.True(link.CanBeUsed(Now.AddMinutes(59)));
        Assert.False(link.CanBeUsed(Now.AddHours(1)));
        Assert.DoesNotContain(token, link.TokenHash, StringComparison.Ordinal);

        link.Use(Now);
        Assert.False(link.CanBeUsed(Now));
    }
}
