using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>What is made under a key and the answer to it are kept together or not at all: cut off between the two, the same request makes it once and is answered.</summary>
public sealed class AnswerNotKeptTests
{
    private const string Applications = $"{AccreditationApp.Root}/applications";

    [Fact]
    public async Task Cut_off_before_its_answer_is_kept_a_request_has_made_nothing_and_sent_again_makes_it_once()
    {
        var cut = new AnswerIsNotSaved();
        await using var host = await ServiceHost<Program>.Start("accreditation", null, services =>
        {
            services.ConfigureDbContext<SqliteAccreditationDb>(options => options.AddInterceptors(cut));
            services.ConfigureDbContext<PostgresAccreditationDb>(options => options.AddInterceptors(cut));
        });
        using var recruiter = host.Client(Roles.RecruiterUser, Guid.CreateVersion7(), PartyKinds.Recruiter);
        recruiter.DefaultRequestHeaders.Add(Idempotency.Header, "begun-once");

        cut.IsOn = true;
        var first = await Begin(recruiter);
        cut.IsOn = false;
        var left = await Begun(recruiter);
        var again = await Begin(recruiter);
        var third = await Begin(recruiter);

        Assert.Equal(HttpStatusCode.InternalServerError, first.StatusCode);
        Assert.True(cut.WasMet, "No answer was being kept, so nothing was cut off.");
        Assert.Empty(left);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(again.Headers.Location, third.Headers.Location);
        Assert.Single(await Begun(recruiter));
    }

    private static Task<HttpResponseMessage> Begin(HttpClient recruiter) =>
        recruiter.PostAsJsonAsync(Applications, new { corridors = new[] { "MMR-THA" }, sectors = new[] { "C10" } });

    private static async Task<JsonArray> Begun(HttpClient recruiter) => (await recruiter.GetFromJsonAsync<JsonObject>(Applications))!["items"]!.AsArray();

    private sealed class AnswerIsNotSaved : SaveChangesInterceptor
    {
        public bool IsOn { get; set; }

        public bool WasMet { get; private set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!IsOn || !eventData.Context!.ChangeTracker.Entries().Any(e => e.State == EntityState.Modified && e.Metadata.ClrType.Name == "KeptAnswer"))
                return base.SavingChangesAsync(eventData, result, cancellationToken);

            WasMet = true;
            throw new IOException("The process died.");
        }
    }
}
