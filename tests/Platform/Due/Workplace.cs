using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Due;

/// <summary>One replica of a service with due work. Two on one folder are two replicas on one database: a SQLite file, or PostgreSQL when the tests are given it.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestIssuer issuer;

    private Workplace(WebApplication app, TestIssuer issuer) => (this.app, this.issuer) = (app, issuer);

    public Behaviour Behaviour => app.Services.GetRequiredService<Behaviour>();

    public BusinessClock Clock => app.Services.GetRequiredService<BusinessClock>();

    public static async Task<Workplace> Open(string folder, MovedTime time, bool runs = false, bool answers = false, params string[] settings)
    {
        var issuer = await TestIssuer.Start();
        var builder = WebApplication.CreateSlimBuilder(["--Mode", "demonstration", "--DataFolder", folder, "--Issuer", issuer.Address, "--urls", "http://127.0.0.1:0", .. settings]);
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            builder.Configuration["ConnectionStrings:work"] = $"{postgres};Database={Path.GetFileName(folder).ToLowerInvariant().Replace('-', '_')};Maximum Pool Size=20";
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddServiceDefaults("work");
        builder.AddServiceDatabase<WorkDb, PostgresWorkDb, SqliteWorkDb>("work");
        builder.Services.AddSingleton<Behaviour>();
        builder.Services.AddSingleton<DiesAtCommit>();
        builder.Services.ConfigureDbContext<PostgresWorkDb>((services, options) => options.AddInterceptors(services.GetRequiredService<DiesAtCommit>()));
        builder.Services.ConfigureDbContext<SqliteWorkDb>((services, options) => options.AddInterceptors(services.GetRequiredService<DiesAtCommit>()));
        builder.Services.AddDueWork<WorkDb, NoteIt>("note");
        builder.Services.AddDueWork<WorkDb, NoteIt>("note-by-business-clock", businessTime: true);
        builder.Services.AddDueWork<WorkDb, ActAndNoteIt>("act", atOnce: 2);
        builder.AddMail<WorkDb>();
        builder.AddWebhooks<WorkDb>("thing.done", "thing.begun");
        builder.Services.AddSingleton<DueRunner<WorkDb>>();
        // What is due is then done only when the test says so.
        if (!runs) foreach (var runner in builder.Services.Where(s => s.ImplementationType == typeof(DueRunner<WorkDb>) && s.ServiceType == typeof(IHostedService)).ToList()) builder.Services.Remove(runner);
        builder.AddMessaging();
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGroup("/api/v1/work").MapDueWork<WorkDb>("Work");
        app.MapGroup("/api/v1/work").MapMails<WorkDb>("Work");
        app.MapGroup("/api/v1/work").MapWebhooks<WorkDb>("Work", Roles.BrandAnalyst);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var creator = scope.ServiceProvider.GetRequiredService<WorkDb>().GetService<IRelationalDatabaseCreator>();
            if (!await creator.ExistsAsync()) await creator.CreateAsync();
            if (!await creator.HasTablesAsync()) await creator.CreateTablesAsync();
        }
        var place = new Workplace(app, issuer);
        try
        {
            if (runs || answers) await app.StartAsync();
            return place;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything that is due now, by this replica.</summary>
    public Task Work(CancellationToken stop = default) => app.Services.GetRequiredService<DueRunner<WorkDb>>().DoWhatIsDue(stop);

    /// <summary>This replica dies when its next piece of work is about to be committed.</summary>
    public async Task WorkAndDie()
    {
        using var death = new CancellationTokenSource();
        app.Services.GetRequiredService<DiesAtCommit>().Death = death;
        try
        {
            await Work(death.Token);
        }
        catch (OperationCanceledException)
        {
            // It is dead.
        }
        finally
        {
            app.Services.GetRequiredService<DiesAtCommit>().Death = null;
        }
    }

    public async Task In(Func<WorkDb, Task> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<WorkDb>());
    }

    public Task Ask(string kind, DateTime at, params string[] subjects) => In(async db =>
    {
        foreach (var subject in subjects) db.Due(kind, subject, at);
        await db.SaveChangesAsync();
    });

    public async Task<List<string>> Notes()
    {
        List<string> notes = [];
        await In(async db => notes = await db.Notes.OrderBy(n => n.Subject).Select(n => n.Subject).ToListAsync());
        return notes;
    }

    /// <summary>Without what is always there.</summary>
    public async Task<int> Waiting()
    {
        var waiting = 0;
        await In(async db => waiting = await db.Set<DueRow>().CountAsync(r => r.Subject != ""));
        return waiting;
    }

    public HttpClient Client(string role, Guid? party = null)
    {
        var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token([role], party ?? Guid.CreateVersion7(), PartyKinds.Operator, $"the {role}"));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }
}

/// <summary>The system's clock, moved.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long ahead;

    public void Move(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Read(ref ahead) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public DateTime Now => GetUtcNow().UtcDateTime;
}

/// <summary>What goes wrong in a replica.</summary>
internal sealed class Behaviour
{
    /// <summary>Work about these fails, after it has noted them.</summary>
    public ConcurrentDictionary<string, bool> Fails { get; } = [];

    /// <summary>Where it acts outside.</summary>
    public Func<string, CancellationToken, Task> Outside { get; set; } = (_, _) => Task.CompletedTask;
}

internal sealed class DiesAtCommit : DbTransactionInterceptor
{
    public CancellationTokenSource? Death { get; set; }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Death is not { } death) return result;
        await death.CancelAsync();
        throw new OperationCanceledException(death.Token);
    }
}

internal sealed class Note
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string Subject { get; init; } = "";
}

internal abstract class WorkDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.KeepMails();
        modelBuilder.KeepWebhooks();
        modelBuilder.KeepAnswers();
        modelBuilder.KeepMarks();
        modelBuilder.Entity<Note>().HasKey(n => n.Id);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
}

internal sealed class PostgresWorkDb(DbContextOptions<PostgresWorkDb> options) : WorkDb(options);

internal sealed class SqliteWorkDb(DbContextOptions<SqliteWorkDb> options) : WorkDb(options);

/// <summary>Not idempotent on purpose: done twice would show.</summary>
internal sealed class NoteIt(WorkDb db, Behaviour behaviour) : IDueWork
{
    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        db.Notes.Add(new() { Subject = subject });
        await db.SaveChangesAsync(stop);
        return behaviour.Fails.ContainsKey(subject) ? throw new InvalidOperationException("It names anna@example.org.") : null;
    }
}

internal sealed class ActAndNoteIt(WorkDb db, Behaviour behaviour) : IDueWork, IActsFirst
{
    public Task Act(string subject, CancellationToken stop) => behaviour.Outside(subject, stop);

    public Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        db.Notes.Add(new() { Subject = subject });
        return Task.FromResult<DateTime?>(null);
    }
}
