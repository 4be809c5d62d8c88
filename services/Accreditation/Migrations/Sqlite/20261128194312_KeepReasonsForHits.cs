using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepReasonsForHits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "KeptHits",
                table: "Findings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "KeptProofHits",
                table: "Findings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "KeptSummaryHits",
                table: "Applications",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "KeptHits",
                table: "Findings");

            migrationBuilder.DropColumn(
                name: "KeptProofHits",
                table: "Findings");

            migrationBuilder.DropColumn(
                name: "KeptSummaryHits",
                table: "Applications");
        }
    }
}
