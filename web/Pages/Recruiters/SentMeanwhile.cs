using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>What is said where a form comes after the application was sent, from another page or by a colleague: there is nothing to enter anew.</summary>
internal static class SentMeanwhile
{
    public const string NotSaved = "The application was sent meanwhile, from another page or by a colleague. What you entered here was not saved.";

    /// <summary>That it was sent, and when.</summary>
    public static string Sent(AccreditationClient.Application application) => application.SentOn is { } day ? $"Sent on {Words.Day(day)}." : "Sent.";
}
