using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OneOpenLinkForACorridor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Links_SiteId_RecruiterId_OriginCountry",
                table: "Links",
                columns: new[] { "SiteId", "RecruiterId", "OriginCountry" },
                unique: true,
                filter: "\"To\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Links_SiteId_RecruiterId_OriginCountry",
                table: "Links");
        }
    }
}
