using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Postgres
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
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RecoveryKey",
                table: "Readers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "Messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "ErasureKeyId",
                table: "Grievances",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "Grievances",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "HandedOverBy",
                table: "Grievances",
                type: "uuid[]",
                nullable: false);

            migrationBuilder.AddColumn<bool>(
                name: "Parked",
                table: "Grievances",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Generation",
                table: "CaseKeys",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ReaderId = table.Column<Guid>(type: "uuid", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                });

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
