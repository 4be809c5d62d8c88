using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OneUnderWay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Applications_OneUnderWay",
                table: "Applications",
                column: "RecruiterPartyId",
                unique: true,
                filter: "\"State\" NOT IN ('Rejected', 'Refused', 'Granted', 'Suspended', 'Withdrawn')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Applications_OneUnderWay",
                table: "Applications");
        }
    }
}
