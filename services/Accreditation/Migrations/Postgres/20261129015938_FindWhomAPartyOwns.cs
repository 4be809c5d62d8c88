using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FindWhomAPartyOwns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Parties_OwnerPartyId",
                table: "Parties",
                column: "OwnerPartyId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Parties_OwnerPartyId",
                table: "Parties");
        }
    }
}
