using System.Data.Common;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>A list whose upload broke off and that is sent again under the same key, while the service has not yet noticed that the first is gone.</summary>
public sealed class SentAgainTests
{
    private const string Imports = "/api/v1/suppliers/imports";

    [Fact]
    public async Task What_is_left_of_the_first_does_not_take_the_key_of_the_second()
    {
        var begun = new Begun();
        await using var host = await ServiceHost<Program>.Start("suppliers", null, services =>
        {
            services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(begun));
            services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(begun));
        });
        using var brand = host.Client(Roles.BrandAnalyst, Guid.CreateVersion7(), PartyKinds.Brand);
        brand.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.CreateVersion7()}");
        var (first, second) = (new Pipe(), new Pipe());

        // The first has sent nothing that could be stored when the second begins, whose first piece is stored at once.
        var broken = HandIn(brand, first);
        await first.Writer.WriteAsync("%PDF-"u8.ToArray());
        await Wait.Until(() => Task.FromResult(begun.IsUnderWay), "the first was not begun");
        var again = HandIn(brand, second);
        var writing = second.Writer.WriteAsync(Encoding.UTF8.GetBytes("name,country\n" + string.Concat(Enumerable.Repeat("Bright Needle,TH\n", 20_000)))).AsTask();
        await Wait.Until(() => IsStored(host), "nothing of the second was stored");
        await first.Writer.CompleteAsync();
        using var refused = await broken;
        await writing;
        await second.Writer.CompleteAsync();
        using var accepted = await again;

        Assert.False(refused.IsSuccessStatusCode);
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, $"{accepted.StatusCode}: {await accepted.Content.ReadAsStringAsync()}");
    }

    private static async Task<bool> IsStored(ServiceHost<Program> host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Imports.AnyAsync();
    }

    private static Task<HttpResponseMessage> HandIn(HttpClient brand, Pipe body) =>
        brand.PostAsync(new Uri($"{Imports}?fileName=list.csv", UriKind.Relative), new StreamContent(body.Reader.AsStream()));

    /// <summary>Whether a request has looked for its key and found none: it clears old ones next.</summary>
    private sealed class Begun : DbCommandInterceptor
    {
        public bool IsUnderWay { get; private set; }

        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            IsUnderWay |= command.CommandText.Contains("DELETE FROM \"KeptAnswers\"", StringComparison.Ordinal);
            return base.NonQueryExecutedAsync(command, eventData, result, cancellationToken);
        }
    }
}
