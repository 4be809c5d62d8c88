using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Identity.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepRepublishing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Restored",
                table: "DatabaseIdentity",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Republishing",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    BegunAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    After = table.Column<string>(type: "TEXT", nullable: true),
                    Published = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Republishing", x => x.Id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Republishing");

            migrationBuilder.DropColumn(
                name: "Restored",
                table: "DatabaseIdentity");
        }
    }
}
