using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DueUncounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DueUncounts",
                columns: table => new
                {
                    TokenHash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DueUncounts", x => x.TokenHash);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DueUncounts");
        }
    }
}
