using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RememberDeletedForms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DeletedForms",
                columns: table => new
                {
                    LookupId = table.Column<string>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletedForms", x => x.LookupId);
                });

            // Locked before the code of a locked case was as one never used: no form is known here, so it stands where nothing leads to it.
            migrationBuilder.Sql("UPDATE \"Grievances\" SET \"LookupId\" = lower(hex(randomblob(32))) WHERE \"Locked\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeletedForms");
        }
    }
}
