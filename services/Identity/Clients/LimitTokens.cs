using System.Threading.RateLimiting;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Recruitment.Platform;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Identity.Clients;

/// <summary>How many tokens each machine got lately, in this process.</summary>
internal sealed class TokenLimit(IOptions<ClientOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = MachineLimit.PerMinute(options.Value.TokensPerMinute);

    public RateLimitLease Take(string client) => limiter.AttemptAcquire(client);

    public void Dispose() => limiter.Dispose();
}

/// <summary>A machine that asks for token after token gets 429. Counted once it has proved who it is: nobody else can use its share up, and no address is looked at.</summary>
internal sealed class LimitTokens(TokenLimit limit, IProblemDetailsService problems) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<LimitTokens>().SetOrder(OpenIddictServerHandlers.Exchange.ValidateAuthentication.Descriptor.Order + 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType()) return;
        using var lease = limit.Take(context.ClientId!);
        if (lease.IsAcquired || context.Transaction.GetHttpRequest()?.HttpContext is not { } http) return;

        await MachineLimit.Refuse(http, lease, problems);
        context.HandleRequest();
    }
}
