using System.Collections.Immutable;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Pages;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Recruitment.Identity.Consents;

/// <summary>
/// An answer that goes to another origin is a page of ours that goes on by itself, and no redirect. Browsers hold form-action against every redirect that follows a form, so 'self', which keeps what is typed
/// here from going anywhere else, would end a sign-in or a consent before it arrives. A client that wants no page shown gets the redirect: no form of ours came before it.
/// </summary>
internal sealed class AnswerElsewhere(IOptions<PlatformOptions> platform) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseSingletonHandler<AnswerElsewhere>().SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessQueryResponse.Descriptor.Order - 1).SetType(OpenIddictServerHandlerType.Custom).Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.RedirectUri) || context.ResponseMode != ResponseModes.Query || context.Request?.HasPromptValue(PromptValues.None) == true) return;
        if (new Uri(context.RedirectUri).GetLeftPart(UriPartial.Authority) == new Uri(platform.Value.Issuer).GetLeftPart(UriPartial.Authority)) return;
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http) return;

        http.Response.StatusCode = StatusCodes.Status200OK;
        await new ShownPage<Uri>("/Pages/Identity/GoOn.cshtml", new Uri(AddressOf(context.RedirectUri, context.Response))).ExecuteAsync(http);
        context.HandleRequest();
    }

    private static string AddressOf(string to, OpenIddictResponse response) => QueryHelpers.AddQueryString(to,
        response.GetParameters().SelectMany(p => ((ImmutableArray<string?>?)p.Value ?? []).Where(v => !string.IsNullOrEmpty(v)).Select(v => KeyValuePair.Create(p.Key, v))));
}
