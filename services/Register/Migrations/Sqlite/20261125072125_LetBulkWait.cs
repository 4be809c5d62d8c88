using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Register.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LetBulkWait : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_NotBefore",
                table: "Outbox");

            migrationBuilder.AddColumn<bool>(
                name: "Bulk",
                table: "Outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Bulk_NotBefore",
                table: "Outbox",
                columns: new[] { "Bulk", "NotBefore" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_Bulk_NotBefore",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "Bulk",
                table: "Outbox");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NotBefore",
                table: "Outbox",
                column: "NotBefore");
        }
    }
}
