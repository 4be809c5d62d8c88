using System.Globalization;
using Recruitment.AllInOne.Demonstration;
using Recruitment.EndToEnd.Tests.Recovery;
using Recruitment.Faults.Tests.Faults;
using Recruitment.Faults.Tests.Load;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Faults.Tests;

/// <summary>A steady load, one fault after the other, and after each a look whether everything acknowledged is there once.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    /// <summary>No promise: the promise is 30 seconds, reported in the table. What takes longer than this does not come back.</summary>
    private static readonly TimeSpan NeverAgain = TimeSpan.FromMinutes(3);
    private const int BetweenRebuilds = 25;

    private readonly Running running;
    private readonly Injection injection;
    private readonly Servers servers;
    private readonly int seed;
    private readonly Action<string> say;
    private readonly IReadOnlyList<string> written;
    private readonly CancellationToken stop;
    private readonly Persistence persistence = new();
    private readonly Entrance entrance;
    private readonly List<Outcome> outcomes = [];
    private readonly List<(HttpClient Http, string Path)> everything = [];
    private readonly List<Actor> actors = [];
    private Load.Reports reports = null!;
    private Brand brand = null!;

    public FaultRun(Running running, Servers servers, IReadOnlyDictionary<string, Line> lines, SmallDisk? disk, IReadOnlyList<string> written, int seed, Action<string> say, CancellationToken stop)
    {
        (this.running, this.servers, this.written, this.seed, this.say, this.stop) = (running, servers, written, seed, say, stop);
        injection = new(running, servers, lines, disk, new Random(seed));
        entrance = new(running.Address, Secret);
    }

    /// <summary>Runs through the plan; answers a sentence for each thing that was wrong, with the fault before it.</summary>
    public async Task<IReadOnlyList<string>> Through(IReadOnlyList<Fault> plan)
    {
        await Begin();
        var load = new SteadyLoad(actors, stop);
        foreach (var fault in plan)
        {
            var written = running.Written;
            load.Begin();
            await Task.Delay(fault.After, stop);
            await injection.Commit(fault);
            var (recovery, wrong) = await Recovered(fault);
            wrong.AddRange(await load.Finish());
            wrong.AddRange(await Wrong());
            if (fault.Number % BetweenRebuilds == 0) wrong.AddRange(await WrongAfterRepublish(emptied: false));
            outcomes.Add(new(fault, recovery, wrong));
            say(string.Create(CultureInfo.InvariantCulture, $"{fault}: works after {recovery.TotalSeconds:0.0} s (load {Busy()}, {(running.Written - written) / 1000} kB written){(wrong.Count == 0 ? "" : $", {wrong.Count} wrong")}"));
            foreach (var sentence in wrong) say($"    WRONG: {sentence}");
        }
        reports.LookAtAllAgain();
        List<string> atTheEnd = [.. await Wrong(), .. await WrongAfterRepublish(emptied: true), .. WrittenWhereItMustNotBe()];
        foreach (var sentence in atTheEnd) say($"    WRONG at the end: {sentence}");
        say(Outcome.Table(outcomes));
        say($"{persistence.Acknowledged} requests acknowledged, {persistence.Repeated} sent again, {persistence.Misled} of them after a 500, {persistence.AnswersLost} answers lost for good; {reports.Count} reports filed, {reports.GivenUp} given up and not there.");
        return [.. outcomes.SelectMany(o => o.Wrong.Select(w => $"{o.Fault}: {w}")), .. atTheEnd.Select(w => $"At the end: {w}")];
    }

    public ValueTask DisposeAsync()
    {
        foreach (var (http, _) in everything) http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Begin()
    {
        var brandClient = await Machine($"demo-{Roles.BrandAnalyst}");
        var supplierClient = await Machine($"demo-{Roles.SupplierUser}-2");
        var recruiterClient = await Machine($"demo-{Roles.RecruiterUser}");
        var handler = await entrance.Person(Scenario.Read().People.CaseHandler, Loader.Password, stop);
        var administrator = await Machine($"demo-{Roles.Administrator}");
        var anybody = entrance.Stranger();
        anybody.Timeout = TimeSpan.FromSeconds(15);
        // A page or an address of each, with a token where it wants one. A machine's: a person whose new token is lost on its way is signed out, by design,
        // so the case handler asks for nothing while anything is wrong.
        everything.AddRange([(brandClient, "api/v1/suppliers/imports"), (brandClient, "api/v1/risk/sites"), (recruiterClient, "api/v1/accreditation/applications"), (recruiterClient, "api/v1/reports"),
            (administrator, "api/v1/grievances/releases/next"), (anybody, "api/v1/register/recruiters"), (anybody, "api/v1/grievances/intake"), (anybody, ".well-known/openid-configuration"), (anybody, "css/site.css"),
            (supplierClient, "api/v1/suppliers/mine")]);

        reports = new(await CaseReader.Enter(handler, Loader.Passphrase, stop));
        await reports.Begin(stop);
        brand = new(seed, brandClient, persistence);
        var (recruiter, supplier) = (new Recruiter(seed, recruiterClient, persistence), new Supplier(seed, supplierClient, persistence));
        await recruiter.Begin(stop);
        await supplier.Begin(stop);
        actors.AddRange([new Workers(seed, anybody, reports, persistence), new Workers(seed + 1, anybody, reports, persistence), new WorkersAtTheForm(seed, running.Address, reports, persistence), recruiter, supplier, brand]);
    }

    private async Task<HttpClient> Machine(string client)
    {
        var http = await entrance.Machine(client, stop);
        http.Timeout = TimeSpan.FromSeconds(15);
        return http;
    }

    /// <summary>Waits until every program says that it is ready and answers somebody with a token. One that ended by itself is started again, and that is wrong unless all began at once.</summary>
    private async Task<(TimeSpan After, List<string> Wrong)> Recovered(Fault fault)
    {
        var (watch, wrong) = (injection.Over, new List<string>());
        while (true)
        {
            foreach (var program in running.Programs.Where(p => running.Program(p).HasEnded).ToList())
            {
                if (fault.Kind != Fault.PowerCut) wrong.Add($"{program} ended by itself.");
                running.StartProgramAgain(program);
            }
            var answers = await Task.WhenAll(running.Programs.Where(p => p != Running.GatewayName).Select(p => running.Program(p).IsReady()).Concat(everything.Select(e => Works(e.Http, e.Path))));
            if (answers.All(a => a)) return (watch.Elapsed, wrong);
            if (watch.Elapsed > NeverAgain)
            {
                var asked = running.Programs.Where(p => p != Running.GatewayName).Concat(everything.Select(e => e.Path)).ToList();
                throw new TimeoutException($"{fault}: after {NeverAgain.TotalMinutes} minutes these do not answer: {string.Join(", ", asked.Where((_, i) => !answers[i]))}.");
            }
            await Task.Delay(100, stop);
        }
    }

    private async Task<bool> Works(HttpClient http, string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (Persistence.IsNoAnswer(notYet) || notYet is OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<List<string>> Wrong()
    {
        var wrong = new List<string>();
        foreach (var actor in actors) wrong.AddRange(await actor.Wrong(stop));
        wrong.AddRange(await reports.Wrong(stop));
        foreach (var service in Running.Services)
        {
            var left = await Become(0, () => Count(service, "\"Outbox\""));
            if (left != 0) wrong.Add($"{left} events of {service} are not sent after a minute.");
            var dead = await Count(service, "\"DeadLetters\" WHERE \"ClosedAt\" IS NULL");
            if (dead != 0) wrong.Add($"{service} has {dead} dead letters.");
        }
        return wrong;
    }

    /// <summary>The read models as they are now against those that come of what the publishers say again; emptied before, or laid over.</summary>
    private async Task<List<string>> WrongAfterRepublish(bool emptied)
    {
        var wrong = new List<string>();
        try
        {
            for (var tries = 0; tries < 30 && (await brand.WrongInRisk(stop)).Count > 0; tries++) await Task.Delay(1000, stop);
            wrong.AddRange(await brand.WrongInRisk(stop));
            var before = await Settled();
            if (emptied) await running.Empty(["risk", "register"]);
            await Views.Republish(entrance, stop);
            var now = "";
            for (var tries = 0; tries < 60 && (now = await Views.Of(entrance, stop)) != before; tries++) await Task.Delay(500, stop);
            if (now != before) wrong.Add($"Read models are not those of a rebuild. {Difference(before, now)}");
        }
        catch (Exception problem) when (problem is HttpRequestException or TimeoutException)
        {
            wrong.Add($"Read models could not be compared: {problem.Message}");
        }
        return wrong;
    }

    private static string Difference(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Before: …{Around(before)}…; after: …{Around(after)}…";

        string Around(string text) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    /// <summary>Once two looks a second apart are the same.</summary>
    private async Task<string> Settled()
    {
        var last = "";
        for (var tries = 0; tries < 60; tries++)
        {
            var now = await Views.Of(entrance, stop);
            if (now == last) return now;
            last = now;
            await Task.Delay(1000, stop);
        }
        throw new TimeoutException("The read models did not settle within a minute.");
    }

    /// <summary>No receipt, no report, no secret and no person's address in anything that a program, a server or a queue wrote, or that went to a collector; and no diary.</summary>
    private IEnumerable<string> WrittenWhereItMustNotBe()
    {
        var people = Scenario.Read().People;
        var forbidden = Directory.GetFiles(Path.Combine(running.DataFolder, "secrets")).Select(f => ($"The secret {Path.GetFileName(f)}", File.ReadAllText(f).Trim())).Where(s => s.Item2.Length >= 16).ToList();
        forbidden.Add(("A report's text", Load.Reports.Mark));
        forbidden.AddRange(new[] { people.SchemeManager, people.Auditor, people.DecisionMaker, people.CaseHandler }.Select(p => ($"The address of {p.Split('@')[0]}", p)));
        // An earlier release wrote what it wrote.
        if (!outcomes.Any(o => o.Fault.Kind == Fault.Upgraded)) forbidden.AddRange([("A line for each request", "Executing endpoint"), ("A line for each statement", "Executed DbCommand")]);
        var leaks = new Leaks(forbidden.ToDictionary(s => s.Item1, s => s.Item2), reports.Receipts);
        // How to sign in to a demonstration is for everybody to read.
        var output = string.Join('\n', running.Output.Split('\n').Where(line => !line.StartsWith("Sign-in:", StringComparison.Ordinal) && !line.StartsWith("Passphrase:", StringComparison.Ordinal)));
        return [.. leaks.In("the programs' output", output), .. written.Concat(Servers.MayBeKilled ? servers.Written : []).SelectMany(leaks.InFile)];
    }

    private async Task<long> Become(long wanted, Func<Task<long>> count)
    {
        var now = await count();
        for (var tries = 0; tries < 600 && now != wanted; tries++)
        {
            await Task.Delay(100, stop);
            now = await count();
        }
        return now;
    }

    private async Task<long> Count(string service, string what)
    {
        await using var connection = running.Database(service);
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM " + what;
        return Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
    }

    /// <summary>How many programs wanted a processor in the last minute: a machine that does other things recovers later.</summary>
    private static string Busy() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private string Secret(string name) => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name));
}
