using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TakeListsBackAndEndSharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "SharingEndedAt",
                table: "Relations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WithdrawnAt",
                table: "Listings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TakenBackAt",
                table: "Imports",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TakenBackBy",
                table: "Imports",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TakenBackTo",
                table: "Imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "SiteId",
                table: "ImportRows",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ImportRows_SiteId_ImportId",
                table: "ImportRows",
                columns: new[] { "SiteId", "ImportId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ImportRows_SiteId_ImportId",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "SharingEndedAt",
                table: "Relations");

            migrationBuilder.DropColumn(
                name: "WithdrawnAt",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "TakenBackBy",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "TakenBackTo",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "SiteId",
                table: "ImportRows");
        }
    }
}
