using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "DecidedOn",
                table: "Accreditations",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SchemeCode",
                table: "Accreditations",
                type: "text",
                nullable: false,
                defaultValue: "");

            // What was heard before is not sent again as something newer: until now there was one standard, and a status held from its decision on.
            migrationBuilder.Sql("UPDATE \"Accreditations\" SET \"SchemeCode\" = 'own-standard', \"DecidedOn\" = \"ValidFrom\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DecidedOn",
                table: "Accreditations");

            migrationBuilder.DropColumn(
                name: "SchemeCode",
                table: "Accreditations");
        }
    }
}
