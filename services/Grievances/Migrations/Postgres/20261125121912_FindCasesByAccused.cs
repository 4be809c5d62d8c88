using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FindCasesByAccused : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AccusedHashes",
                columns: table => new
                {
                    GrievanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccusedHashes", x => new { x.GrievanceId, x.Hash });
                    table.ForeignKey(
                        name: "FK_AccusedHashes_Grievances_GrievanceId",
                        column: x => x.GrievanceId,
                        principalTable: "Grievances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "AccusedHashes" ("GrievanceId", "Hash")
                SELECT DISTINCT g."Id", h FROM "Grievances" g, unnest(g."AccusedHashes") h;
                """);

            migrationBuilder.DropColumn(
                name: "AccusedHashes",
                table: "Grievances");

            migrationBuilder.CreateIndex(
                name: "IX_AccusedHashes_Hash",
                table: "AccusedHashes",
                column: "Hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "AccusedHashes",
                table: "Grievances",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            // Without them every reader would seem to be free of conflict.
            migrationBuilder.Sql(
                """
                UPDATE "Grievances" g SET "AccusedHashes" = h."Hashes"
                FROM (SELECT "GrievanceId", array_agg("Hash") AS "Hashes" FROM "AccusedHashes" GROUP BY "GrievanceId") h WHERE h."GrievanceId" = g."Id";
                """);

            migrationBuilder.DropTable(
                name: "AccusedHashes");
        }
    }
}
