using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EndDeletionsAndIndexLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Without a row id, which would show the order in which workers deleted.
            migrationBuilder.Sql(
                """
                CREATE TABLE "DueErasures" (
                    "ErasureKeyId" TEXT NOT NULL CONSTRAINT "PK_DueErasures" PRIMARY KEY
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Grievances_FiledOn_Parked",
                table: "Grievances",
                columns: new[] { "FiledOn", "Parked" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseKeys_ReaderId_GrievanceId",
                table: "CaseKeys",
                columns: new[] { "ReaderId", "GrievanceId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DueErasures");

            migrationBuilder.DropIndex(
                name: "IX_Grievances_FiledOn_Parked",
                table: "Grievances");

            migrationBuilder.DropIndex(
                name: "IX_CaseKeys_ReaderId_GrievanceId",
                table: "CaseKeys");
        }
    }
}
