using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Identity.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LinksEndWithTheirMaker : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MadeBy",
                table: "OneTimeLinks",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MadeBy",
                table: "OneTimeLinks");
        }
    }
}
