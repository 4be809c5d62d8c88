using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EndDeletionsAndIndexLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DueErasures",
                columns: table => new
                {
                    ErasureKeyId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DueErasures", x => x.ErasureKeyId);
                });

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
