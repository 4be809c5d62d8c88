using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The table Alerts stays until a later migration drops it: while a rollout lasts, the release before this one writes its alerts there and sends them itself.

            // Without row ids, which would tell in which order mails came.
            migrationBuilder.Sql(
                """
                CREATE TABLE "Mails" (
                    "Id" TEXT NOT NULL,
                    "Sealed" BLOB NULL,
                    "State" TEXT NOT NULL,
                    "Tries" INTEGER NOT NULL,
                    "EndedOn" TEXT NULL,
                    "Reason" TEXT NULL,
                    "LeavesNoTrace" INTEGER NOT NULL,
                    CONSTRAINT "PK_Mails" PRIMARY KEY ("Id")
                ) WITHOUT ROWID;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Mails");
        }
    }
}
