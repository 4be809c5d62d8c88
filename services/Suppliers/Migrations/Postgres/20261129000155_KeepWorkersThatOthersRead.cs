using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
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
                type: "integer",
                nullable: true);
            // Migrants are counted by the same rule when they are next declared; until then nobody reads a figure made from the old ones.
            migrationBuilder.Sql("UPDATE \"Sites\" SET \"WorkersShown\" = (SELECT sum(w.\"Count\") FROM \"Workforce\" w WHERE w.\"SiteId\" = \"Sites\".\"Id\" AND w.\"Count\" >= 10), \"MigrantWorkers\" = NULL WHERE \"WorkersTotal\" IS NOT NULL");
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
