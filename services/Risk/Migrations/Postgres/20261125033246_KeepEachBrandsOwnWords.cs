using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepEachBrandsOwnWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "SharedOn",
                table: "SupplyRelations",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SupplierName",
                table: "SupplyRelations",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SiteListings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BrandPartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    SupplierPartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    SiteId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Country = table.Column<string>(type: "text", nullable: false),
                    Sector = table.Column<string>(type: "text", nullable: true),
                    Workers = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteListings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SiteListings_BrandPartyId_SiteId",
                table: "SiteListings",
                columns: new[] { "BrandPartyId", "SiteId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SiteListings");

            migrationBuilder.DropColumn(
                name: "SharedOn",
                table: "SupplyRelations");

            migrationBuilder.DropColumn(
                name: "SupplierName",
                table: "SupplyRelations");
        }
    }
}
