using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Register.Tests;

/// <summary>The register, and what others tell it about fictional recruiters.</summary>
public sealed class RegisterApp : IAsyncLifetime
{
    public const string Root = "/api/v1/register/recruiters";

    private ServiceHost<Program> host = null!;

    internal ServiceHost<Program> Host => host;

    public HttpClient Anybody => host.Anonymous();

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("register");

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    /// <summary>A recruiter with a granted status.</summary>
    public async Task<Guid> Granted(string name, string country = "MMR")
    {
        var changed = Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), name) with { Country = country };
        await host.Deliver(changed);
        return changed.RecruiterPartyId;
    }

    public static AccreditationChanged Changed(Guid accreditation, Guid recruiter, string name, long sequence = 1, string status = "granted", int epoch = 1) => new()
    {
        AccreditationId = accreditation, Epoch = epoch, Sequence = sequence, RecruiterPartyId = recruiter, RecruiterName = name, Country = "MMR",
        SchemeCode = "own-standard", SchemeVersion = "1.0", Status = status, StatusReason = status == "granted" ? null : "audit_refused", Corridors = ["MMR-THA"],
        DecidedOn = new(2026, 1, 10), ValidFrom = new(2026, 1, 10), ValidTo = new(2099, 1, 10),
        History = status == "granted"
            ? [new() { Status = "granted", On = new(2026, 1, 10) }]
            : [new() { Status = "granted", On = new(2026, 1, 10) }, new() { Status = status, On = new(2026, 2, 1), Reason = "audit_refused" }],
    };

    public static PartyChanged Party(Guid id, string name, int sequence = 1) => new()
    {
        PartyId = id, Epoch = 1, Sequence = sequence, Kind = "recruiter", Name = name, Country = "MMR", Status = "active",
    };
}
