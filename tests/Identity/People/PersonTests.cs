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
        { "brand", "owner" }, { "supplier", "owner" }, { "recruiter", "owner" }, { "audit_body", "owner" }, { "operator", "owner" },
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

    [Theory]
    [InlineData("administrator")]
    [InlineData("scheme_manager")]
    public void Who_reads_cases_neither_says_who_else_does_nor_orders_audits(string other)
    {
        foreach (var reads in new[] { "case_handler", "protection_officer" })
        {
            foreach (var (first, then) in new[] { (reads, other), (other, reads) })
            {
                var person = Person.New("a@b.example");
                var party = Guid.CreateVersion7();
                person.Join(party, "operator", first, Now);

                Assert.Equal("incompatible-roles", Assert.Throws<BrokenRuleException>(() => person.Join(party, "operator", then, Now)).Code);

                person.Leave(person.Memberships[0].Id, Now);
                person.Join(party, "operator", then, Now); // one after the other is another matter
            }
        }
    }

    [Fact]
    public void Auditor_and_decision_maker_of_one_body_can_be_one_person_whose_independence_is_asked_for_each_audit()
    {
        var (person, party) = (Person.New("a@b.example"), Guid.CreateVersion7());

        foreach (var role in new[] { "auditor", "decision_maker", "owner" }) person.Join(party, "audit_body", role, Now);

        Assert.Equal(3, person.Memberships.Count);
    }

    [Theory]
    [InlineData("brand", "brand_analyst")]
    [InlineData("audit_body", "auditor")]
    [InlineData("operator", "administrator")]
    [InlineData("supplier", "owner")]
    public void Only_who_answers_for_a_supplier_or_recruiter_does_so_until_a_day(string kind, string role) =>
        Assert.Equal("role-without-end-day", Assert.Throws<BrokenRuleException>(() => Person.New("a@b.example").Join(Guid.CreateVersion7(), kind, role, Now, Now.AddDays(3))).Code);

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
