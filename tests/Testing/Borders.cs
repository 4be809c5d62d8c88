using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>One request that only the owner may make with success.</summary>
/// <remarks>The endpoint's name is there so that a table can be held against all endpoints of a service. One that lists may answer strangers with 200, with nothing of the owner in it.</remarks>
public sealed record Crossing(string Endpoint, string Method, string Path, object? Body = null, bool Lists = false);

/// <summary>Tries to cross every border of a service: each endpoint, with each role, from another organisation.</summary>
public static class Borders
{
    /// <summary>Every role with the kind of organisation that gives it, and the two that no organisation gives.</summary>
    public static IReadOnlyList<(string Role, string Kind)> Everybody { get; } =
    [
        (Roles.BrandAnalyst, PartyKinds.Brand), (Roles.SupplierUser, PartyKinds.Supplier), (Roles.RecruiterUser, PartyKinds.Recruiter),
        (Roles.Auditor, PartyKinds.AuditBody), (Roles.DecisionMaker, PartyKinds.AuditBody), (Roles.CaseHandler, PartyKinds.Operator),
        (Roles.ProtectionOfficer, PartyKinds.Operator), (Roles.SchemeManager, PartyKinds.Operator), (Roles.Administrator, PartyKinds.Operator),
        (Roles.Owner, PartyKinds.Brand), (Roles.Owner, PartyKinds.Supplier), (Roles.Owner, PartyKinds.Recruiter), (Roles.Owner, PartyKinds.AuditBody), (Roles.Owner, PartyKinds.Operator),
        (Roles.Service, ""),
    ];

    /// <summary>Names of the service's endpoints that ask who is calling.</summary>
    public static IReadOnlyList<string> Closed(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? e.RoutePattern.RawText!).Order(StringComparer.Ordinal),
    ];

    /// <summary>What every service that hears events answers an administrator alone.</summary>
    public static IReadOnlyList<Crossing> DeadLetters(string service)
    {
        var (letters, one) = ($"/api/v1/{service.ToLowerInvariant()}/dead-letters", $"/api/v1/{service.ToLowerInvariant()}/dead-letters/{Guid.CreateVersion7()}");
        return
        [
            new($"{service}ListDeadLetters", "GET", letters),
            new($"{service}SendDeadLetterAgain", "POST", $"{one}/again"),
            new($"{service}SendDeadLettersAgain", "POST", $"{letters}/again"),
            new($"{service}SetDeadLetterAside", "POST", $"{one}/aside", new { why = "a test of ours" }),
        ];
    }

    /// <summary>What every service answers an owner about her own organisation and an administrator about all.</summary>
    public static IReadOnlyList<Crossing> Audit(string service)
    {
        var path = $"/api/v1/{service.ToLowerInvariant()}/audit";
        return [new($"{service}ListAuditEntries", "GET", path), new($"{service}ExportAuditEntries", "GET", $"{path}/export"), new($"{service}VerifyAuditTrail", "GET", $"{path}/verification")];
    }

    /// <summary>What every service with due work answers an administrator alone.</summary>
    public static IReadOnlyList<Crossing> StuckWork(string service)
    {
        var path = $"/api/v1/{service.ToLowerInvariant()}/stuck-work";
        return [new($"{service}ListStuckWork", "GET", path), new($"{service}TryStuckWorkAgain", "POST", $"{path}/{Guid.CreateVersion7()}/again")];
    }

    /// <summary>What every service with outgoing webhooks answers an organisation about its own.</summary>
    public static IReadOnlyList<Crossing> Webhooks(string service, Guid webhook, Guid delivery)
    {
        var path = $"/api/v1/{service.ToLowerInvariant()}/webhooks";
        return
        [
            new($"{service}OpenWebhook", "POST", path, new { url = "https://hooks.example.org/", events = Array.Empty<string>() }),
            new($"{service}ListWebhooks", "GET", path, Lists: true),
            new($"{service}EndWebhook", "POST", $"{path}/{webhook}/end"),
            new($"{service}ChangeWebhookSecret", "POST", $"{path}/{webhook}/secret"),
            new($"{service}ListWebhookDeliveries", "GET", $"{path}/{webhook}/deliveries"),
            new($"{service}DeliverWebhookAgain", "POST", $"{path}/{webhook}/deliveries/{delivery}/again"),
        ];
    }

    /// <summary>What every service that publishes answers an administrator alone.</summary>
    public static IReadOnlyList<Crossing> Republish(string service)
    {
        var path = $"/api/v1/{service.ToLowerInvariant()}/republish";
        return [new($"Republish{service}", "POST", path), new($"Get{service}Republish", "GET", path)];
    }

    /// <summary>Who reads an audit trail: the administrator everybody's, an owner that of her own organisation, in which stands what was tried in its name.</summary>
    public static IEnumerable<(string Endpoint, string Role)> ReadersOfAudit(string service) =>
        Audit(service).SelectMany(c => new[] { (c.Endpoint, Roles.Administrator), (c.Endpoint, Roles.Owner) });

    /// <summary>What went through that should not have; empty when the border holds.</summary>
    /// <remarks>The client is made for a role in an organisation; secrets are what no stranger may read; allowed are, by endpoint, roles whose work it is whatever their organisation.</remarks>
    public static async Task<IReadOnlyList<string>> Crossed(
        IEnumerable<Crossing> crossings, Func<string, Guid, string, HttpClient> client, IReadOnlyList<string> secrets, ILookup<string, string> allowed)
    {
        var crossed = new List<string>();
        foreach (var crossing in crossings)
        {
            foreach (var (role, kind) in Everybody.Where(e => !allowed[crossing.Endpoint].Contains(e.Role)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(crossing.Method), crossing.Path);
                if (crossing.Body is HttpContent content) request.Content = content;
                else if (crossing.Body is not null) request.Content = JsonContent.Create(crossing.Body);
                using var stranger = client(role, Guid.CreateVersion7(), kind);
                using var answer = await stranger.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();

                var closed = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
                var empty = crossing.Lists && answer.StatusCode == HttpStatusCode.OK;
                if (!closed && !empty) crossed.Add($"{role} got {(int)answer.StatusCode} from {crossing.Endpoint}");
                if (secrets.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))) crossed.Add($"{role} read something of another organisation from {crossing.Endpoint}");
            }
        }
        return crossed;
    }
}
