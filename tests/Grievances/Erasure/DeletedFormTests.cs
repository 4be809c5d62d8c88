using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Grievances.Erasure;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests.Erasure;

/// <summary>What a worker deleted does not come back because a page of her form is loaded again.</summary>
public sealed class DeletedFormTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Sent_again_by_its_form_a_deleted_report_is_refused_and_taken_only_under_another_code()
    {
        var (receipt, formId) = await Deleted();

        foreach (var topic in new[] { "wages", "hours" })
        {
            using var again = await app.Post("", new { receipt, language = "th", topic, formId });
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            Assert.Contains("receipt-used", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Empty(await app.Mai.List());

        using var meant = await app.Post("", new { receipt = await app.Receipt(), language = "th", topic = "wages", formId });
        Assert.Equal(HttpStatusCode.OK, meant.StatusCode);
        Assert.Single(await app.Mai.List());
    }

    [Fact]
    public async Task A_code_used_and_deleted_again_and_again_is_deleted_each_time()
    {
        var (receipt, formId) = await Deleted();
        await using var db = app.Db();
        var remembered = await db.DeletedForms.AsNoTracking().SingleAsync();
        await db.DeletedForms.ExecuteDeleteAsync();
        (await app.Post("", new { receipt, language = "th", topic = "wages", formId })).Dispose();
        // It had passed the question at the moment of the deletion.
        db.Add(remembered);
        await db.SaveChangesAsync();

        using var deleted = await app.Post("/mailbox/deletion", new { receipt });

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await app.Mai.List());
    }

    [Fact]
    public async Task That_something_was_deleted_is_forgotten_when_no_page_of_the_form_lasts_any_more()
    {
        await Deleted();
        var clock = app.Host.Services.GetRequiredService<BusinessClock>();
        await using var db = app.Db();

        clock.MoveTo(clock.Today.AddDays(2));
        await DueWorkDone.Of<GrievancesDb>(app.Host.Services, ForgetDeletedForms.Kind);
        Assert.Equal(1, await db.DeletedForms.CountAsync());

        clock.MoveTo(clock.Today.AddDays(1));
        await DueWorkDone.Of<GrievancesDb>(app.Host.Services, ForgetDeletedForms.Kind);
        Assert.Equal(0, await db.DeletedForms.CountAsync());
    }

    private async Task<(string Receipt, Guid FormId)> Deleted()
    {
        var same = new { receipt = await app.Receipt(), language = "th", topic = "wages", formId = Guid.CreateVersion7() };
        using (var filed = await app.Post("", same)) Assert.Equal(HttpStatusCode.OK, filed.StatusCode);
        using (var deleted = await app.Post("/mailbox/deletion", new { same.receipt })) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        return (same.receipt, same.formId);
    }
}
