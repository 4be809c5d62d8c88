using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FindRelationsByBoth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SupplyRelations_BrandPartyId",
                table: "SupplyRelations");

            migrationBuilder.CreateIndex(
                name: "IX_SupplyRelations_BrandPartyId_SupplierPartyId",
                table: "SupplyRelations",
                columns: new[] { "BrandPartyId", "SupplierPartyId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SupplyRelations_BrandPartyId_SupplierPartyId",
                table: "SupplyRelations");

            migrationBuilder.CreateIndex(
                name: "IX_SupplyRelations_BrandPartyId",
                table: "SupplyRelations",
                column: "BrandPartyId");
        }
    }
}
