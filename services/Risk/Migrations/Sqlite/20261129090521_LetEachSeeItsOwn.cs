using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Owners",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OwnerPartyId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Owners", x => x.Id);
                });

            migrationBuilder.Sql("INSERT INTO \"Owners\" (\"Id\", \"OwnerPartyId\") SELECT \"Id\", \"OwnerPartyId\" FROM \"Parties\"");

            migrationBuilder.DropColumn(
                name: "OwnerPartyId",
                table: "Parties");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "OwnerPartyId",
                table: "Parties",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"Parties\" SET \"OwnerPartyId\" = (SELECT o.\"OwnerPartyId\" FROM \"Owners\" o WHERE o.\"Id\" = \"Parties\".\"Id\")");

            migrationBuilder.DropTable(
                name: "Owners");
        }
    }
}
