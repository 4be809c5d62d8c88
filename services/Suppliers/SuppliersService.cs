using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Suppliers.Chains;
using Recruitment.Suppliers.Imports;
using Recruitment.Suppliers.Invitations;
using Recruitment.Suppliers.Parties;
using Recruitment.Suppliers.Practice;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers;

/// <summary>Everything a host may know about this service.</summary>
public static class SuppliersService
{
    public static void AddSuppliers(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Windows-1252 and 874 are what spreadsheets in the region really save.
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        builder.Services.AddValidation();
        builder.AddServiceDatabase<SuppliersDb, PostgresSuppliersDb, SqliteSuppliersDb>("suppliers", ownRowsOnly: true);
        builder.Services.AddMarkedSecret<SuppliersDb>("suppliers-files", async (db, stop) => await db.Chunks.AnyAsync(stop) || await db.Imports.AnyAsync(i => i.Refused > 0, stop));
        // Which links it made once, nothing that is kept says.
        builder.Services.AddMarkedSecret<SuppliersDb>("suppliers-invitations", (_, _) => Task.FromResult(false));
        builder.Services.AddSingleton<ImportSignal>();
        builder.Services.AddSingleton<FileKey>();
        builder.Services.AddSingleton<InvitationTokens>();
        builder.Services.AddHostedService<ImportRunner>();
        builder.AddPublications(Published);
        builder.AddWebhooks<SuppliersDb>(Told.ListRead, Told.SupplierAnswered);
    }

    /// <summary>A site that its supplier has not confirmed was never published.</summary>
    private static Publications<SuppliersDb> Published => new Publications<SuppliersDb>()
        .Add<Party>((party, epoch) => party.State(epoch))
        .Add<SupplyRelation>((relation, epoch) => relation.State(epoch))
        .Add<Site>((site, epoch) => site.Confirmed ? site.State(epoch) : null)
        .Add<SiteListing>((listing, epoch) => listing.State(epoch))
        .Add<RecruiterLink>((link, epoch) => link.State(epoch))
        .Add<SelfAssessment>((assessment, epoch) => assessment.State(epoch));

    public static void AddSuppliersConsumers(this Subscriptions subscriptions) => ArgumentNullException.ThrowIfNull(subscriptions);

    public static void MapSuppliers(this IEndpointRouteBuilder routes)
    {
        var suppliers = routes.MapGroup("/api/v1/suppliers").WithTags("Suppliers").WithAuditTrail<SuppliersDb>();
        suppliers.MapAudit<SuppliersDb>("Suppliers");
        suppliers.MapRepublish<SuppliersDb>("Suppliers");
        suppliers.MapDueWork<SuppliersDb>("Suppliers");
        suppliers.MapWebhooks<SuppliersDb>("Suppliers", Roles.BrandAnalyst);
        RegisterParty.Map(suppliers);
        ListParties.Map(suppliers);
        GetParty.Map(suppliers);
        GetGroup.Map(suppliers);
        ClaimParty.Map(suppliers);
        ListRelations.Map(suppliers);
        ListMine.Map(suppliers);
        ChangeProfile.Map(suppliers);
        ShareWithBrand.Map(suppliers);
        EndSharing.Map(suppliers);

        AddSite.Map(suppliers);
        ChangeSite.Map(suppliers);
        GetSite.Map(suppliers);
        SearchNames.Map(suppliers);

        DeclareWorkforce.Map(suppliers);
        ListQuestions.Map(suppliers);
        SubmitSelfAssessment.Map(suppliers);
        FindAlikeRecruiters.Map(suppliers);
        DeclareRecruiter.Map(suppliers);
        EndRecruiterLink.Map(suppliers);

        Invite.Map(suppliers);
        ReadInvitation.Map(suppliers);
        AcceptInvitation.Map(suppliers);

        ReceiveList.Map(suppliers);
        ListImports.Map(suppliers);
        GetImport.Map(suppliers);
        ListImportRows.Map(suppliers);
        DownloadRefusedRows.Map(suppliers);
        RemoveImport.Map(suppliers);
        PreviewTakingBack.Map(suppliers);
        TakeListBack.Map(suppliers);
    }
}
