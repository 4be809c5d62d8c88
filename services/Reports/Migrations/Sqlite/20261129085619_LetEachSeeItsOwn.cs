using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Reports.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Reports_FileId",
                table: "Reports",
                column: "FileId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reports_FileId",
                table: "Reports");
        }
    }
}
