using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Recruitment.Platform;

/// <summary>Pages through a table by its key, which is made of ids. In SQL of its own: a comparison of ids that are types of their own cannot be translated.</summary>
internal sealed record GuidKey<TRow>(string Table, IReadOnlyList<IProperty> Columns)
    where TRow : class
{
    public static GuidKey<TRow> Of(DbContext db)
    {
        var type = db.Model.FindEntityType(typeof(TRow))!;
        return new(type.GetTableName()!, type.FindPrimaryKey()!.Properties);
    }

    public IQueryable<TRow> After(DbContext db, string? cursor, int most)
    {
        var columns = string.Join(", ", Columns.Select(c => $"\"{c.GetColumnName()}\""));
        var places = string.Join(", ", Columns.Select((_, i) => $"{{{i}}}"));
        var after = cursor is null ? "" : $"WHERE ({columns}) > ({places}) ";
        var sql = $"SELECT * FROM \"{Table}\" {after}ORDER BY {columns} LIMIT {most.ToString(CultureInfo.InvariantCulture)}";
        object[] ids = cursor is null ? [] : [.. Enumerable.Range(0, Columns.Count).Select(i => (object)Guid.ParseExact(cursor.AsSpan(i * 32, 32), "N"))];
        // Names come from the model, values go as parameters. What is hidden from readers was published too.
        return db.Set<TRow>().FromSqlRaw(sql, ids).IgnoreQueryFilters();
    }

    /// <summary>Ids in the order of their letters, which is that of both databases.</summary>
    public string CursorOf(TRow row) => string.Concat(Columns.Select(c => ((Guid)Stored(c, c.GetGetter().GetClrValue(row)!)).ToString("N")));

    private static object Stored(IProperty column, object value) => column.GetTypeMapping().Converter is { } stored ? stored.ConvertToProvider(value)! : value;
}
