using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepDueWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Without row ids, which would tell in which order work came; as of all that a worker causes.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Due" (
                    "Id" TEXT NOT NULL,
                    "Kind" TEXT NOT NULL,
                    "Subject" TEXT NOT NULL,
                    "DueAt" TEXT NOT NULL,
                    "BusinessTime" INTEGER NOT NULL,
                    "NotBefore" TEXT NOT NULL,
                    "LeaseOwner" TEXT NULL,
                    "LeaseUntil" TEXT NULL,
                    "Attempts" INTEGER NOT NULL,
                    "Problem" TEXT NULL,
                    CONSTRAINT "PK_Due" PRIMARY KEY ("Id")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Due_DueAt",
                table: "Due",
                column: "DueAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Due");
        }
    }
}
