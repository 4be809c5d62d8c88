using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/audit: what was done and tried in every organisation's name. The administrator. Of cases she sees who worked on one on which day, and no more is kept.</summary>
public sealed class AuditModel(AuditClient trails, IdentityClient identity, SuppliersClient suppliers) : AuditPage(trails, AuditClient.Services)
{
    protected override Task<IReadOnlyDictionary<Guid, string>> AskForPeople(CancellationToken stop) => identity.Emails(stop);

    protected override async Task<IReadOnlyDictionary<Guid, string>> AskForOrganisations(IReadOnlyList<Guid> ids, CancellationToken stop) =>
        ids.Count == 0 ? new Dictionary<Guid, string>() : (await suppliers.NamesOf(ids, stop)).ToDictionary(o => o.Id, o => o.Name);
}
