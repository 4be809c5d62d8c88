using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OneEnteredSiteOfAName : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "EnteredKey",
                table: "Sites",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sites_PartyId_EnteredKey",
                table: "Sites",
                columns: new[] { "PartyId", "EnteredKey" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sites_PartyId_EnteredKey",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "EnteredKey",
                table: "Sites");
        }
    }
}
