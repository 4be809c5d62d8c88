using System.Collections.Immutable;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Identity.Tokens;

/// <summary>A client that asks for a scope which it was not given is told <c>invalid_scope</c> (RFC 6749 4.1.2.1 and 5.2); the library alone says that its request is wrong.</summary>
internal sealed class SayWhichScopeIsWrong(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    /// <summary>Just before the library looks at the same, and so after the client has proved who it is.</summary>
    public static OpenIddictServerHandlerDescriptor OfTokens { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseScopedHandler<SayWhichScopeIsWrong>().SetOrder(OpenIddictServerHandlers.Exchange.ValidateScopePermissions.Descriptor.Order - 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public static OpenIddictServerHandlerDescriptor OfPeople { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
        .UseScopedHandler<SayWhichScopeIsWrong>().SetOrder(OpenIddictServerHandlers.Authentication.ValidateScopePermissions.Descriptor.Order - 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (await IsWrong(context.ClientId, context.Request.GetScopes())) context.Reject(Errors.InvalidScope, Sentence);
    }

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (await IsWrong(context.ClientId, context.Request.GetScopes())) context.Reject(Errors.InvalidScope, Sentence);
    }

    private const string Sentence = "The client may not ask for one of these scopes.";

    private async Task<bool> IsWrong(string? client, ImmutableArray<string> scopes)
    {
        if (client is null || await applications.FindByClientIdAsync(client) is not { } application) return false;
        foreach (var scope in scopes)
        {
            // These two say how the answer is made, not what may be read.
            if (scope is not (Scopes.OpenId or Scopes.OfflineAccess) && !await applications.HasPermissionAsync(application, Permissions.Prefixes.Scope + scope)) return true;
        }
        return false;
    }
}
