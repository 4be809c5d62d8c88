using Microsoft.Extensions.Options;
using Recruitment.Contracts.Suppliers;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Intake;
using Recruitment.Grievances.Readers;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances;

/// <summary>Everything a host may know about this service.</summary>
public static class GrievancesService
{
    /// <summary>For a restore, which brings the list of erasures before the product reads it: its first line that is none of ours, as a sentence; null when there is none, or no file.</summary>
    public static string? WrongInErasureList(string file) => ErasureLines.WrongIn(file);

    public static void AddGrievances(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.AddOwnOptions<GrievancesOptions>("Grievances")
            .PostConfigure<IOptions<PlatformOptions>>((o, platform) => o.Readers = WorkingCalendars.Load(platform.Value.DataFolder).SingleOrDefault(c => c.Name == o.Calendar))
            .Validate(o => o.Readers is not null, "Grievances:Calendar must be the name of a calendar in calendars.json.")
            .Validate(o => o.SmallestGroup >= GrievancesOptions.GroupNeverBelow, $"Grievances:SmallestGroup must be at least {GrievancesOptions.GroupNeverBelow}.")
            .Validate(o => o.SmallestSite >= GrievancesOptions.SiteNeverBelow, $"Grievances:SmallestSite must be at least {GrievancesOptions.SiteNeverBelow}.")
            .Validate(o => o.LeavesAWorkingDay, "Grievances:DaysOff must be days of the week in English with commas between, and leave at least one to work.")
            .Validate(o => o.DaysInDanger >= 1 && o.DaysInDanger <= o.DaysUrgent && o.DaysUrgent <= o.DaysOrdinary && o.DaysOrdinary <= GrievancesOptions.AnswerPromisedWithin,
                $"Grievances:DaysInDanger, DaysUrgent and DaysOrdinary must be at least 1, in this order, and {GrievancesOptions.AnswerPromisedWithin} at most: the pages for workers promise an answer within {GrievancesOptions.AnswerPromisedWithin} days.")
            .ValidateOnStart();
        builder.AddServiceDatabase<GrievancesDb, PostgresGrievancesDb, SqliteGrievancesDb>("grievances");
        builder.Services.AddMarkedSecret<GrievancesDb>("receipt-pepper", async (db, stop) => await db.Grievances.AnyAsync(stop) || await db.DeletedForms.AnyAsync(stop));
        builder.Services.AddMarkedSecret<GrievancesDb>("party-pepper", (db, stop) => db.Readers.AnyAsync(stop));
        builder.Services.AddMarkedSecret<GrievancesDb>("release-key", (db, stop) => db.Contributions.AnyAsync(stop));
        builder.AddErasure();
        // A log line per request would be a diary of who looked for which employer, and when.
        builder.AddServiceClient<SuppliersClient>("suppliers").RemoveAllLoggers();
        builder.AddServiceClient<IdentityClient>("identity");
        // A statement that failed would say in the log that something was filed, and that it was sent twice.
        builder.Services.AddSingleton<FailuresByKind>();
        builder.Services.ConfigureDbContext<PostgresGrievancesDb>(FailuresByKind.InsteadOfStatements);
        builder.Services.ConfigureDbContext<SqliteGrievancesDb>(FailuresByKind.InsteadOfStatements);
        builder.Services.ConfigureDbContext<ErasureDb>(FailuresByKind.InsteadOfStatements);
        builder.Services.AddSingleton<ReceiptKeys>();
        builder.Services.AddSingleton<KeyedHashes>();
        builder.Services.AddSingleton<ContributionBox>();
        builder.Services.AddSingleton<FormPass>();
        builder.Services.AddScoped<IntakeState>();
        builder.Services.AddScoped<FileOnce>();
        builder.Services.AddScoped<Mailboxes>();
        builder.Services.AddScoped<ReaderRoll>();
        builder.Services.AddDueWork<GrievancesDb, CallTheRoll>(CallTheRoll.Kind, always: true, longestPause: CallTheRoll.Pause);
        builder.WatchCalendar<GrievancesDb>(provider => provider.GetRequiredService<IOptions<GrievancesOptions>>().Value.Readers!);
        builder.AddMail<GrievancesDb>();
        builder.Services.AddScoped<ReleaseSignals>();
        builder.Services.AddDueWork<GrievancesDb, ReleaseWhenDue>(ReleaseWhenDue.Kind, businessTime: true, always: true);
        builder.AddPublications(Published);
    }

    public static void AddGrievancesConsumers(this Subscriptions subscriptions)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        subscriptions.Add<RecheckConflictsWhenPartyChanged, PartyChanged, GrievancesDb>(e => new(e.PartyId, e.Epoch, e.Sequence));
    }

    public static void MapGrievances(this IEndpointRouteBuilder routes)
    {
        var grievances = routes.MapGroup("/api/v1/grievances").WithTags("Grievances").WithAuditTrail<GrievancesDb>();
        grievances.MapAudit<GrievancesDb>("Grievances", Roles.ProtectionOfficer, Roles.Administrator);
        grievances.MapRepublish<GrievancesDb>("Grievances");
        grievances.MapDeadLetters<GrievancesDb>("Grievances");
        grievances.MapDueWork<GrievancesDb>("Grievances");
        grievances.MapMails<GrievancesDb>("Grievances");
        grievances.MapCalendar<GrievancesDb>("Grievances");
        GetIntake.Map(grievances);
        MakeReceipt.Map(grievances);
        SearchDirectory.Map(grievances);
        FileGrievance.Map(grievances);
        OpenMailbox.Map(grievances);
        WriteAgain.Map(grievances);
        LockMailbox.Map(grievances);
        WithdrawContribution.Map(grievances);
        DeleteCase.Map(grievances);

        RegisterReader.Map(grievances);
        GetOwnReader.Map(grievances);
        SetAlertAddress.Map(grievances);
        ListReaders.Map(grievances);
        AssignIntake.Map(grievances);

        ListGrievances.Map(grievances);
        GetSealedGrievance.Map(grievances);
        ReplyToWorker.Map(grievances);
        NameAccused.Map(grievances);
        GetKeysToShare.Map(grievances);
        ShareCaseKey.Map(grievances);
        HandOver.Map(grievances);
        CloseGrievance.Map(grievances);

        ConfirmGrievance.Map(grievances);
        GetNextRelease.Map(grievances);
    }

    private static Publications<GrievancesDb> Published => new Publications<GrievancesDb>().Add<Release>((release, epoch) => release.AsEvent(epoch));

    /// <summary>The store of erasure keys: a SQLite file, or the database of the connection string <c>erasure</c>.</summary>
    private static void AddErasure(this IHostApplicationBuilder builder)
    {
        var given = BringUpToDate.Checked("erasure", builder.Configuration.GetConnectionString("erasure"));
        builder.NoteDatabase("erasure", given);
        var tables = new ErasureTables(new("erasure", given, BringUpToDate.Checked("erasure-migrator", builder.Configuration.GetConnectionString("erasure-migrator"))));
        builder.Services.AddSingleton(tables);
        builder.Services.AddSingleton(provider => new DatabaseTables(async stop =>
        {
            await using var scope = provider.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ErasureDb>().Prepare(tables.Accounts, stop);
        }));
        builder.Services.AddDbContext<ErasureDb>((provider, options) =>
        {
            if (given is { } connection)
            {
                options.UseNpgsql(connection);
                return;
            }
            options.UseSqlite($"Data Source={Path.Combine(PrivateFolder.Make(provider.GetRequiredService<IOptions<PlatformOptions>>().Value.DataFolder).FullName, "erasure.db")}");
        });
        builder.Services.AddSingleton<ErasureList>();
        builder.Services.AddScoped<ErasureKeys>();
        builder.Services.AddHostedService<ReplayErasures>();
        builder.Services.AddDueWork<GrievancesDb, ForgetDeletedForms>(ForgetDeletedForms.Kind, businessTime: true, always: true);
    }
}
