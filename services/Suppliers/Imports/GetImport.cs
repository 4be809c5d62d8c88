using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports/{id}: how far a list has been read, and what came of it.</summary>
internal static class GetImport
{
    public sealed record Response(
        Guid Id, string FileName, [property: OneOf(typeof(SupplierImport), nameof(SupplierImport.Statuses))] string Status, int? RowsTotal, int RowsRead, int Accepted, int Refused, int Added, int Changed,
        string? ProblemCode, string? Problem, DateTime CreatedAt, DateTime? FinishedAt, DateTime? TakenBackAt, string? TakenBackBy);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports/{id:guid}", Handle).WithName(nameof(GetImport)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, CancellationToken stop) =>
        await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.BrandId == new PartyId(caller.Party), stop) is { } import
            ? TypedResults.Ok(Of(import)) : TypedResults.NotFound();

    internal static Response Of(SupplierImport i) => new(
        i.Id, i.FileName, i.Status, i.RowsTotal, i.RowsRead, i.Accepted, i.Refused, i.Added, i.Changed, i.ProblemCode, i.Problem, i.CreatedAt, i.FinishedAt, i.TakenBackAt, i.TakenBackBy);
}
