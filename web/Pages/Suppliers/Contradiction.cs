using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers;

/// <summary>A site whose answers say that it hires directly, and for which a recruiter in use is declared: one of the two is old or a slip.</summary>
internal static class Contradiction
{
    public static IEnumerable<string> Recruiters(Guid site, IReadOnlyDictionary<string, string> answers, IEnumerable<SuppliersClient.Link> links, DateOnly day) =>
        answers.GetValueOrDefault("recruitment.channel") == "direct_only" ? links.Where(l => l.SiteId == site && l.From <= day && (l.To is null || l.To > day)).Select(l => l.RecruiterName).Distinct() : [];
}
