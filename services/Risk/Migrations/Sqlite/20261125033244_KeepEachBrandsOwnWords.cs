using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SupplierName",
                table: "SupplyRelations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SiteListings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BrandPartyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SupplierPartyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Country = table.Column<string>(type: "TEXT", nullable: false),
                    Sector = table.Column<string>(type: "TEXT", nullable: true),
                    Workers = table.Column<int>(type: "INTEGER", nullable: true)
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
