using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>An application to be read: what was sent, found and done.</summary>
/// <param name="Application">Which one.</param>
/// <param name="Scheme">What its criteria are called.</param>
/// <param name="IsPart">It stands under a heading of its own on a page about something else.</param>
public sealed record Reading(AccreditationClient.Application Application, AccreditationClient.Scheme Scheme, bool IsPart = false);
