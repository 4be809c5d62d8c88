using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FindCasesByAccused : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Without a row id: it would show the order in which readers named organisations.
            migrationBuilder.Sql(
                """
                CREATE TABLE "AccusedHashes" (
                    "GrievanceId" TEXT NOT NULL,
                    "Hash" TEXT NOT NULL,
                    CONSTRAINT "PK_AccusedHashes" PRIMARY KEY ("GrievanceId", "Hash"),
                    CONSTRAINT "FK_AccusedHashes_Grievances_GrievanceId" FOREIGN KEY ("GrievanceId") REFERENCES "Grievances" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                INSERT INTO "AccusedHashes" ("GrievanceId", "Hash")
                SELECT DISTINCT g."Id", h.value FROM "Grievances" g, json_each(g."AccusedHashes") h;
                ALTER TABLE "Grievances" DROP COLUMN "AccusedHashes";
                """);

            migrationBuilder.CreateIndex(
                name: "IX_AccusedHashes_Hash",
                table: "AccusedHashes",
                column: "Hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Without them every reader would seem to be free of conflict.
            migrationBuilder.Sql(
                """
                ALTER TABLE "Grievances" ADD COLUMN "AccusedHashes" TEXT NOT NULL DEFAULT '[]';
                UPDATE "Grievances" SET "AccusedHashes" = COALESCE((SELECT json_group_array(a."Hash") FROM "AccusedHashes" a WHERE a."GrievanceId" = "Grievances"."Id"), '[]');
                DROP TABLE "AccusedHashes";
                """);
        }
    }
}
