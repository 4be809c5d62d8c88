using Microsoft.Extensions.DependencyInjection;
using Recruitment.Identity.Domains;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Tests.Organisations;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>The operator's owner names the operator's provider by himself: it opens no role that takes two.</summary>
public sealed class GivenByTwoTests(Offices offices) : IClassFixture<Offices>
{
    [Theory]
    [InlineData("case_handler", NoAccount.GivenByTwo)]
    [InlineData("protection_officer", NoAccount.GivenByTwo)]
    [InlineData("administrator", NoAccount.GivenByTwo)]
    [InlineData("scheme_manager", NoAccount.None)]
    internal async Task No_provider_opens_a_role_that_two_give(string role, NoAccount why)
    {
        var someone = await offices.Person(Offices.Operator, "operator", role);
        await offices.With(async db =>
        {
            if (db.EmailDomains.Any(d => d.ProvedDomain == "office.example")) return 0;
            var domain = EmailDomain.New(Offices.Operator, "office.example", DateTime.UtcNow);
            domain.Prove(DateTime.UtcNow);
            db.EmailDomains.Add(domain);
            return await db.SaveChangesAsync();
        });
        await offices.With(async db =>
        {
            db.People.Single(p => p.Id == someone.Id).EmailConfirmed = true;
            return await db.SaveChangesAsync();
        });
        await using var scope = offices.Services.CreateAsyncScope();

        var found = await scope.ServiceProvider.GetRequiredService<AccountOfOutsider>()
            .Find(OrganisationProvider.New(Offices.Operator), new($"subject-{Guid.CreateVersion7():N}", someone.Email, [], null), CancellationToken.None);

        Assert.Equal((why, why == NoAccount.None ? someone.Id : null), (found.Why, found.Person?.Id));
    }
}
