using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepWorkersThatOthersRead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "WorkersShown",
                table: "Sites",
                type: "INTEGER",
                nullable: true);
            // A newer version of the same site: Risk, which still holds the old figures, takes the new ones when Suppliers tells everything again. Migrants are counted anew when next declared.
            migrationBuilder.Sql("UPDATE \"Sites\" SET \"WorkersShown\" = (SELECT sum(w.\"Count\") FROM \"Workforce\" w WHERE w.\"SiteId\" = \"Sites\".\"Id\" AND w.\"Count\" >= 10), \"MigrantWorkers\" = NULL, \"Version\" = \"Version\" + 1 WHERE \"WorkersTotal\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "WorkersShown",
                table: "Sites");
        }
    }
}
