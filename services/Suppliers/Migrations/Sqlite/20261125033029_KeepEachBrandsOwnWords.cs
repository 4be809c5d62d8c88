using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepEachBrandsOwnWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ListedWorkers",
                table: "Sites");

            migrationBuilder.AddColumn<string>(
                name: "Sector",
                table: "Listings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "Listings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Changed",
                table: "Imports",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Listings_SiteId",
                table: "Listings",
                column: "SiteId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Listings_SiteId",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Sector",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Changed",
                table: "Imports");

            migrationBuilder.AddColumn<int>(
                name: "ListedWorkers",
                table: "Sites",
                type: "INTEGER",
                nullable: true);
        }
    }
}
