using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Register.Listings;

namespace Recruitment.Register;

/// <summary>What anybody may know about a recruiter's status, with its history.</summary>
public static class RegisterService
{
    public static void AddRegister(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.AddServiceDatabase<RegisterDb, PostgresRegisterDb, SqliteRegisterDb>("register");
    }

    public static void AddRegisterConsumers(this Subscriptions subscriptions)
    {
        subscriptions.Add<ListRecruiterWhenAccreditationChanged, AccreditationChanged, RegisterDb>(e => new(e.AccreditationId, e.Epoch, e.Sequence));
        subscriptions.Add<RenameRecruiterWhenPartyChanged, PartyChanged, RegisterDb>(e => new(e.PartyId, e.Epoch, e.Sequence));
    }

    public static void MapRegister(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/register").WithTags("Register").WithAuditTrail<RegisterDb>();
        group.MapAudit<RegisterDb>("Register");
        group.MapDeadLetters<RegisterDb>("Register");
        group.MapDueWork<RegisterDb>("Register");
        SearchRecruiters.Map(group);
        GetRecruiter.Map(group);
    }
}
