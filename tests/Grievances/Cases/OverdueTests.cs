using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>A service of its own: its clock is moved.</summary>
public sealed class OverdueTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_asks_again_why_nobody_answers_stays_overdue_and_is_told_the_next_working_day()
    {
        var receipt = await Filed(new { under18 = true });
        var today = DaysLater(10);
        Assert.Equal(1, (await Listed()).GetProperty("overdue").GetInt32());

        await Write(receipt, "please, why does nobody answer");

        var listed = await Listed();
        Assert.Equal(1, listed.GetProperty("overdue").GetInt32());
        Assert.True(listed.GetProperty("items")[0].GetProperty("overdue").GetBoolean());
        Assert.Equal(app.Working(today.AddDays(1)), await ReturnOn(receipt));
    }

    [Fact]
    public async Task Who_writes_before_an_answer_is_due_keeps_that_day()
    {
        var receipt = await Filed(new { topic = "wages" });
        var due = (await Listed()).GetProperty("items")[0].GetProperty("nextClock").GetString();
        DaysLater(2);

        await Write(receipt, "and they took my phone");

        Assert.Equal(due, (await Listed()).GetProperty("items")[0].GetProperty("nextClock").GetString());
    }

    [Fact]
    public async Task Who_writes_after_her_answer_gets_a_day_of_her_own_by_which_the_next_is_due()
    {
        var receipt = await Filed(new { safeNow = false });
        var id = (await app.Mai.List()).Single();
        (await app.Mai.Reply(id, "we are coming")).Dispose();
        var today = DaysLater(30);

        await Write(receipt, "they have locked me in");

        var listed = await Listed();
        Assert.Equal(0, listed.GetProperty("overdue").GetInt32());
        Assert.Equal(today.AddDays(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture), listed.GetProperty("items")[0].GetProperty("nextClock").GetString());
    }

    private async Task<string> Filed(object told)
    {
        var begun = (await app.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake")).GetProperty("begun").GetString();
        var filing = new Dictionary<string, object?> { ["receipt"] = await app.Receipt(), ["language"] = "my", ["text"] = "x", ["begun"] = begun, ["formId"] = Guid.CreateVersion7() };
        foreach (var property in told.GetType().GetProperties()) filing[property.Name] = property.GetValue(told);
        using var filed = await app.Post("", filing);
        filed.EnsureSuccessStatusCode();
        return (string)filing["receipt"]!;
    }

    private async Task Write(string receipt, string text)
    {
        using var written = await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text });
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);
    }

    private Task<JsonElement> Listed() => app.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances");

    private async Task<DateOnly> ReturnOn(string receipt)
    {
        using var box = await app.Post("/mailbox", new { receipt });
        return DateOnly.Parse((await box.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("returnOn").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private DateOnly DaysLater(int days)
    {
        var clock = app.Host.Services.GetRequiredService<BusinessClock>();
        clock.MoveTo(clock.Today.AddDays(days));
        return app.Today;
    }
}
