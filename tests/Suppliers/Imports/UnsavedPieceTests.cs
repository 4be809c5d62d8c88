using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>A list of which a later piece could not be saved: its key is free, and it can be sent again.</summary>
public sealed class UnsavedPieceTests
{
    [Fact]
    public async Task Sent_again_under_the_same_key_it_is_taken()
    {
        var second = new SecondSaveFails();
        await using var host = await ServiceHost<Program>.Start("suppliers", null, services =>
        {
            services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(second));
            services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(second));
        });
        using var brand = host.Client(Roles.BrandAnalyst, Guid.CreateVersion7(), PartyKinds.Brand);
        brand.DefaultRequestHeaders.Add("Idempotency-Key", "one-key");

        second.IsOn = true;
        var failed = await HandIn(brand);
        second.IsOn = false;

        Assert.Equal(HttpStatusCode.InternalServerError, failed);
        Assert.Equal(HttpStatusCode.Accepted, await HandIn(brand));
    }

    private static async Task<HttpStatusCode> HandIn(HttpClient brand)
    {
        using var list = new StringContent("name,country\nBright Needle,TH\n", Encoding.UTF8, "text/csv");
        using var answer = await brand.PostAsync(new Uri("/api/v1/suppliers/imports", UriKind.Relative), list);
        return answer.StatusCode;
    }

    private sealed class SecondSaveFails : SaveChangesInterceptor
    {
        private int saves;

        public bool IsOn { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            IsOn && ++saves == 2 ? throw new DbUpdateException("The connection broke.", new IOException("broken pipe")) : base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}
