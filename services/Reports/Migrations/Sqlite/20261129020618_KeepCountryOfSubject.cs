using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Reports.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepCountryOfSubject : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SubjectCountry",
                table: "Reports",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SubjectCountry",
                table: "Reports");
        }
    }
}
