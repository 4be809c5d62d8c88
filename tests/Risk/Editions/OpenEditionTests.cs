using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Risk.Editions;
using Recruitment.Risk.Reference;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests.Editions;

public sealed class OpenEditionTests
{
    [Fact]
    public async Task A_new_day_opens_a_new_edition_and_old_evidence_fades()
    {
        await using var app = new RiskApp();
        await app.InitializeAsync();
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var site = await app.Site(supplier);
        await app.Answers(site, ("fees.checked", "always"), ("fees.repaid", "repaid_full"));
        var before = await RiskApp.Topic(app.Supplier(supplier), site, "fees_and_debt");
        var number = app.Now.Edition.Number;

        app.Services.GetRequiredService<BusinessClock>().MoveTo(app.Today.AddMonths(30));
        await Wait.Until(async () => app.Now.Edition.Number > number && await CaughtUp(app), "no new edition was opened");

        Assert.True(await RiskApp.Topic(app.Supplier(supplier), site, "fees_and_debt") > before);
    }

    [Fact]
    public async Task A_newer_edition_of_facts_in_the_data_folder_is_loaded_at_start_without_a_new_build()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-facts-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "risk", "facts"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "risk", "facts", "tiers.csv"), """
            code,iso3,subject,value,standard_error,source,publisher,edition,licence,as_of,recheck_after
            tip.tier,THA,,1,,Trafficking in Persons Report,US Department of State,2099,public domain,2099-06-30,2100-06-30
            """, TestContext.Current.CancellationToken);

        await using (var host = await ServiceHost<Program>.Start("risk", new Dictionary<string, string> { ["DataFolder"] = folder.FullName }))
        {
            var tier = host.Services.GetRequiredService<Ground>().Now.Facts.Find("tip.tier", "THA")!;
            Assert.Equal(("1", "2099"), (tier.Value, tier.Edition));
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Several_replicas_that_meet_a_new_day_or_new_facts_at_one_moment_all_go_on_with_one_edition_and_the_facts_once()
    {
        await using var app = new RiskApp();
        await app.InitializeAsync();
        var (files, facts) = await Loaded(app);
        await In(app, async services =>
        {
            await services.GetRequiredService<RiskDb>().Facts.ExecuteDeleteAsync();
            await services.GetRequiredService<RiskDb>().FactEditions.ExecuteDeleteAsync();
        });

        await AtOnce(app, services => services.GetRequiredService<LoadFacts>().Load(CancellationToken.None));
        for (var day = 0; day < 5; day++)
        {
            app.Services.GetRequiredService<BusinessClock>().MoveTo(app.Today.AddDays(1));
            await AtOnce(app, services => services.GetRequiredService<OpenEdition>().Ensure(CancellationToken.None));
        }

        Assert.Equal((files, facts), await Loaded(app));
        await In(app, async services => Assert.Equal(
            6, await services.GetRequiredService<RiskDb>().Editions.Select(e => e.AsOf).Distinct().CountAsync()));
        await In(app, async services => Assert.Equal(6, await services.GetRequiredService<RiskDb>().Editions.CountAsync()));
    }

    private static Task AtOnce(RiskApp app, Func<IServiceProvider, Task> work) => Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => In(app, work))));

    private static async Task In(RiskApp app, Func<IServiceProvider, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    private static async Task<(int Files, int Facts)> Loaded(RiskApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RiskDb>();
        return (await db.FactEditions.CountAsync(), await db.Facts.CountAsync());
    }

    private static async Task<bool> CaughtUp(RiskApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return !await scope.ServiceProvider.GetRequiredService<RiskDb>().Scores.AnyAsync(s => s.Edition < app.Now.Edition.Number);
    }
}
