using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReaderHasLeft : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "HasLeft",
                table: "Readers",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HasLeft",
                table: "Readers");
        }
    }
}
