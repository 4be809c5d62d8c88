using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EraseAndRekey : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Cases from before have no erasure key. Only a demonstration can have any: in operation mode intake was closed.
            migrationBuilder.Sql("DELETE FROM \"Messages\"");
            migrationBuilder.Sql("DELETE FROM \"CaseKeys\"");
            migrationBuilder.Sql("DELETE FROM \"Grievances\"");

            migrationBuilder.DropIndex(
                name: "IX_CaseKeys_GrievanceId_ReaderId",
                table: "CaseKeys");

            migrationBuilder.AddColumn<string>(
                name: "AlertAddress",
                table: "Readers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RecoveryKey",
                table: "Readers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "Messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "ErasureKeyId",
                table: "Grievances",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "Grievances",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "HandedOverBy",
                table: "Grievances",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "Parked",
                table: "Grievances",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "CaseKeys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // Without a row id: it would show the order in which workers wrote.
            migrationBuilder.Sql("""
                CREATE TABLE "Alerts" (
                    "Id" TEXT NOT NULL,
                    "ReaderId" TEXT NOT NULL,
                    "LeaseUntil" TEXT NULL,
                    "LeaseOwner" TEXT NULL,
                    CONSTRAINT "PK_Alerts" PRIMARY KEY ("Id")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_CaseKeys_GrievanceId_ReaderId_Generation",
                table: "CaseKeys",
                columns: new[] { "GrievanceId", "ReaderId", "Generation" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropIndex(
                name: "IX_CaseKeys_GrievanceId_ReaderId_Generation",
                table: "CaseKeys");

            migrationBuilder.DropColumn(
                name: "AlertAddress",
                table: "Readers");

            migrationBuilder.DropColumn(
                name: "RecoveryKey",
                table: "Readers");

            migrationBuilder.DropColumn(
                name: "Generation",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "ErasureKeyId",
                table: "Grievances");

            migrationBuilder.DropColumn(
                name: "Generation",
                table: "Grievances");

            migrationBuilder.DropColumn(
                name: "HandedOverBy",
                table: "Grievances");

            migrationBuilder.DropColumn(
                name: "Parked",
                table: "Grievances");

            migrationBuilder.DropColumn(
                name: "Generation",
                table: "CaseKeys");

            migrationBuilder.CreateIndex(
                name: "IX_CaseKeys_GrievanceId_ReaderId",
                table: "CaseKeys",
                columns: new[] { "GrievanceId", "ReaderId" },
                unique: true);
        }
    }
}
