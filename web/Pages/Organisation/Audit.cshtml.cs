using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation/audit: what was done and tried for the reader's organisation. Its owner.</summary>
public sealed class AuditModel(AuditClient trails, IdentityClient identity) : AuditPage(trails, AuditClient.OfOrganisations)
{
    protected override Task<IReadOnlyDictionary<Guid, string>> AskForPeople(CancellationToken stop) => identity.OwnEmails(stop);

    protected override Task<IReadOnlyDictionary<Guid, string>> AskForOrganisations(IReadOnlyList<Guid> ids, CancellationToken stop) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());
}
