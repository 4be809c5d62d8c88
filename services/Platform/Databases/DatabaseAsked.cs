using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>Whose database an address of every service is about.</summary>
internal sealed record DatabaseOfAddress(Func<IServiceProvider, ServiceDb> Find);

/// <summary>The database of the service whose address was asked: one process may hold several.</summary>
internal sealed record DatabaseAsked(ServiceDb Db)
{
    public static ValueTask<DatabaseAsked?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<DatabaseAsked?>(new(context.GetEndpoint()!.Metadata.GetRequiredMetadata<DatabaseOfAddress>().Find(context.RequestServices)));
}
