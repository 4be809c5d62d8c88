using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Hosting;

/// <summary>One typed client per service. With the reader's token on staff pages; on worker pages nobody's.</summary>
internal static class Clients
{
    /// <summary>As services have with each other. Whoever waits longer is answered by the gateway, which has no page in a worker's language.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A page for workers asks twice where once does not help, and she waits for both. What she sent counts once, however often it is sent.</summary>
    private static readonly TimeSpan OfWorkers = TimeSpan.FromSeconds(15);

    public static void AddClients(this WebApplicationBuilder builder)
    {
        builder.AddClient<RiskClient>("risk");
        builder.AddClient<AccreditationClient>("accreditation");
        builder.AddClient<RegisterClient>("register");
        builder.AddClient<IdentityClient>("identity");
        builder.AddClient<OrganisationClient>("identity");
        builder.AddClient<OwnSignInClient>("identity");
        builder.AddClient<ProgramsClient>("identity");
        builder.AddClient<SignInProgramsClient>("identity");
        builder.AddClient<OversightClient>("identity");
        builder.AddClient<ReleasesClient>("grievances");
        builder.AddClient<ReportsClient>("reports");
        builder.AddClient<SuppliersClient>("suppliers");
        // A log line per request would be a diary of workers' visits.
        builder.AddClient<GrievancesClient>("grievances", OfWorkers).RemoveAllLoggers();

        builder.Services.AddTransient<DeadLettersClient>();
        foreach (var service in DeadLettersClient.Services) builder.AddNamed(DeadLettersClient.NameOf(service), service);
        builder.Services.AddTransient<AuditClient>();
        foreach (var service in AuditClient.Services) builder.AddNamed(AuditClient.NameOf(service), service);
        builder.Services.AddTransient<WorkClient>();
        foreach (var service in WorkClient.Services) builder.AddNamed(WorkClient.NameOf(service), service);
        builder.Services.AddTransient<RepublishClient>();
        foreach (var service in RepublishClient.Services) builder.AddNamed(RepublishClient.NameOf(service), service);
    }

    /// <summary>A typed client of a service; base address from <c>Services:name</c>, embedded this process itself.</summary>
    public static IHttpClientBuilder AddClient<TClient>(this WebApplicationBuilder builder, string service, TimeSpan? patience = null)
        where TClient : class =>
        builder.Services.AddHttpClient<TClient>(typeof(TClient).FullName!, At(service)).AddHttpMessageHandler(() => new AnswersInTime(patience ?? Patience)).AddHttpMessageHandler<HearStepUp>().AddHttpMessageHandler<ForwardToken>();

    private static void AddNamed(this WebApplicationBuilder builder, string name, string service) =>
        builder.Services.AddHttpClient(name, At(service)).AddHttpMessageHandler(() => new AnswersInTime(Patience)).AddHttpMessageHandler<HearStepUp>().AddHttpMessageHandler<ForwardToken>();

    private static Action<IServiceProvider, HttpClient> At(string service) => (provider, http) =>
    {
        http.BaseAddress = ServiceClients.AddressOf(provider.GetRequiredService<IConfiguration>(), service);
        http.Timeout = Timeout.InfiniteTimeSpan; // AnswersInTime
    };
}
