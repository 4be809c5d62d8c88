using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Identity.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepOrganisationsSignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EmailDomains",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    Domain = table.Column<string>(type: "text", nullable: false),
                    Challenge = table.Column<string>(type: "text", nullable: false),
                    ProvedDomain = table.Column<string>(type: "text", nullable: true),
                    SaidAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ProvedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EmailDomains", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OrganisationProviders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    Issuer = table.Column<string>(type: "text", nullable: false),
                    ClientId = table.Column<string>(type: "text", nullable: false),
                    SealedSecret = table.Column<byte[]>(type: "bytea", nullable: false),
                    EmailClaim = table.Column<string>(type: "text", nullable: false),
                    GroupsClaim = table.Column<string>(type: "text", nullable: false),
                    JustInTime = table.Column<bool>(type: "boolean", nullable: false),
                    IsForced = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrganisationProviders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProvisionedGroups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    DisplayName = table.Column<string>(type: "text", nullable: false),
                    ExternalId = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProvisionedGroups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProvisionedUsers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    NormalizedUserName = table.Column<string>(type: "text", nullable: false),
                    ExternalId = table.Column<string>(type: "text", nullable: true),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    Roles = table.Column<List<string>>(type: "text[]", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProvisionedUsers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProvisioningRules",
                columns: table => new
                {
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    RoleOfAll = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProvisioningRules", x => x.PartyId);
                });

            migrationBuilder.CreateTable(
                name: "ProvisionedGroupMembers",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProvisionedGroupMembers", x => new { x.GroupId, x.UserId });
                    table.ForeignKey(
                        name: "FK_ProvisionedGroupMembers_ProvisionedGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "ProvisionedGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RolesOfGroups",
                columns: table => new
                {
                    PartyId = table.Column<Guid>(type: "uuid", nullable: false),
                    Group = table.Column<string>(type: "text", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RolesOfGroups", x => new { x.PartyId, x.Group, x.Role });
                    table.ForeignKey(
                        name: "FK_RolesOfGroups_ProvisioningRules_PartyId",
                        column: x => x.PartyId,
                        principalTable: "ProvisioningRules",
                        principalColumn: "PartyId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_PartyId_Domain",
                table: "EmailDomains",
                columns: new[] { "PartyId", "Domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_ProvedDomain",
                table: "EmailDomains",
                column: "ProvedDomain",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OrganisationProviders_PartyId",
                table: "OrganisationProviders",
                column: "PartyId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProvisionedGroupMembers_UserId",
                table: "ProvisionedGroupMembers",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_ProvisionedGroups_PartyId_DisplayName",
                table: "ProvisionedGroups",
                columns: new[] { "PartyId", "DisplayName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProvisionedUsers_PartyId_ExternalId",
                table: "ProvisionedUsers",
                columns: new[] { "PartyId", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProvisionedUsers_PartyId_NormalizedUserName",
                table: "ProvisionedUsers",
                columns: new[] { "PartyId", "NormalizedUserName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProvisionedUsers_PersonId",
                table: "ProvisionedUsers",
                column: "PersonId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EmailDomains");

            migrationBuilder.DropTable(
                name: "OrganisationProviders");

            migrationBuilder.DropTable(
                name: "ProvisionedGroupMembers");

            migrationBuilder.DropTable(
                name: "ProvisionedUsers");

            migrationBuilder.DropTable(
                name: "RolesOfGroups");

            migrationBuilder.DropTable(
                name: "ProvisionedGroups");

            migrationBuilder.DropTable(
                name: "ProvisioningRules");
        }
    }
}
