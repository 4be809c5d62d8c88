using System.Text.Json;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Identity.Tokens;

/// <summary>What the library does not say of itself in the discovery document (RFC 8414): how clients may sign.</summary>
internal sealed class CompleteDiscovery : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
        .UseSingletonHandler<CompleteDiscovery>().SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        foreach (var endpoint in new[] { "token", "introspection", "revocation" })
            context.Metadata[$"{endpoint}_endpoint_auth_signing_alg_values_supported"] = JsonSerializer.SerializeToElement(OnlyStrongAssertions.Algorithms);
        return ValueTask.CompletedTask;
    }
}
