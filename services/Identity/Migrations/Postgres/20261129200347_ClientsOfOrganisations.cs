using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Identity.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClientsOfOrganisations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CreatedAt",
                table: "MachineClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreatedBy",
                table: "MachineClients",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedAt",
                table: "MachineClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ExpiresAt",
                table: "MachineClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastUsedOn",
                table: "MachineClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "MachineClients",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "OldSecretUntil",
                table: "MachineClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scopes",
                table: "MachineClients",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "MachineClients",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CreatedAt",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "CreatedBy",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "EndedAt",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "ExpiresAt",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "LastUsedOn",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "OldSecretUntil",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "Scopes",
                table: "MachineClients");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "MachineClients");
        }
    }
}
