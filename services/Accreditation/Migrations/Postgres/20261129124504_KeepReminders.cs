using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepReminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    ApplicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Deadline = table.Column<string>(type: "text", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    SaidAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => new { x.ApplicationId, x.Deadline, x.Day });
                    table.ForeignKey(
                        name: "FK_Reminders_Applications_ApplicationId",
                        column: x => x.ApplicationId,
                        principalTable: "Applications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("ALTER TABLE \"Reminders\" ENABLE ROW LEVEL SECURITY");
            migrationBuilder.Sql("ALTER TABLE \"Reminders\" FORCE ROW LEVEL SECURITY");
            migrationBuilder.Sql("CREATE POLICY system ON \"Reminders\" USING ((SELECT coalesce(current_setting('app.role', true), '') = 'system'))");
            // Whoever sees the application sees its days. Only the service itself writes any.
            migrationBuilder.Sql("CREATE POLICY seen ON \"Reminders\" FOR SELECT USING ((SELECT true FROM \"Applications\" a WHERE a.\"Id\" = \"Reminders\".\"ApplicationId\"))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Reminders");
        }
    }
}
