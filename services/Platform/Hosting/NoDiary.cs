using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>No line for each request, statement or call to another service, in any program: what a worker looks for is asked of another service, whose log would be her visit diary.</summary>
public static class NoDiary
{
    public static void LeaveNoDiary(this ILoggingBuilder logging)
    {
        foreach (var each in new[] { "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http.HttpClient", "OpenIddict" }) logging.AddFilter(each, LogLevel.Warning);
        // It has a warning for each page with a form, of a header that is as strict as its own.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // It has a warning, with all of its stack, for each request to a service that is away.
        logging.AddFilter("Yarp", LogLevel.Error);
    }
}
