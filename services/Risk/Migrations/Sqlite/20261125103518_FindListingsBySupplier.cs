using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FindListingsBySupplier : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_SiteListings_BrandPartyId_SupplierPartyId",
                table: "SiteListings",
                columns: new[] { "BrandPartyId", "SupplierPartyId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SiteListings_BrandPartyId_SupplierPartyId",
                table: "SiteListings");
        }
    }
}
