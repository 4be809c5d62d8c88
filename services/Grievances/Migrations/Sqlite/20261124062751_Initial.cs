using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Grievances.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Without a row id: it would show the order in which workers wrote.
            migrationBuilder.Sql("""
                CREATE TABLE "Contributions" (
                    "Id" TEXT NOT NULL,
                    "TokenHash" TEXT NOT NULL,
                    "Sealed" BLOB NOT NULL,
                    CONSTRAINT "PK_Contributions" PRIMARY KEY ("Id")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "DatabaseIdentity",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Mode = table.Column<string>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DatabaseIdentity", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DueReleases",
                columns: table => new
                {
                    Period = table.Column<string>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DoneOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DueReleases", x => x.Period);
                });

            // Without a row id: it would show the order in which workers wrote.
            migrationBuilder.Sql("""
                CREATE TABLE "Grievances" (
                    "Id" TEXT NOT NULL,
                    "Version" INTEGER NOT NULL,
                    "LookupId" TEXT NOT NULL,
                    "PublicKey" BLOB NOT NULL,
                    "WorkerPublicKey" BLOB NOT NULL,
                    "Severity" TEXT NOT NULL,
                    "Language" TEXT NOT NULL,
                    "FiledOn" TEXT NOT NULL,
                    "NextClock" TEXT NOT NULL,
                    "Status" TEXT NOT NULL,
                    "Locked" INTEGER NOT NULL,
                    "AccusedHashes" TEXT NOT NULL,
                    "TokenHash" TEXT NOT NULL,
                    CONSTRAINT "PK_Grievances" PRIMARY KEY ("Id")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "Heard",
                columns: table => new
                {
                    Consumer = table.Column<string>(type: "TEXT", nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Heard", x => new { x.Consumer, x.SubjectId });
                });

            migrationBuilder.CreateTable(
                name: "Inbox",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Consumer = table.Column<string>(type: "TEXT", nullable: false),
                    HandledAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inbox", x => new { x.MessageId, x.Consumer });
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    NotBefore = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Sent = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Readers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WrappedKey = table.Column<string>(type: "TEXT", nullable: false),
                    Intake = table.Column<bool>(type: "INTEGER", nullable: false),
                    TieHashes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Readers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Releases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReleasedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Cells = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Releases", x => x.Id);
                });

            // Without a row id: it would show the order in which workers wrote.
            migrationBuilder.Sql("""
                CREATE TABLE "CaseKeys" (
                    "Id" TEXT NOT NULL,
                    "GrievanceId" TEXT NOT NULL,
                    "ReaderId" TEXT,
                    "Sealed" BLOB NOT NULL,
                    CONSTRAINT "PK_CaseKeys" PRIMARY KEY ("Id"),
                    CONSTRAINT "FK_CaseKeys_Grievances_GrievanceId" FOREIGN KEY ("GrievanceId") REFERENCES "Grievances" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                """);

            // Without a row id: it would show the order in which workers wrote.
            migrationBuilder.Sql("""
                CREATE TABLE "Messages" (
                    "Id" TEXT NOT NULL,
                    "GrievanceId" TEXT NOT NULL,
                    "Author" TEXT NOT NULL,
                    "Position" INTEGER NOT NULL,
                    "WrittenOn" TEXT NOT NULL,
                    "SealedForCase" BLOB NOT NULL,
                    "SealedForWorker" BLOB,
                    CONSTRAINT "PK_Messages" PRIMARY KEY ("Id"),
                    CONSTRAINT "FK_Messages_Grievances_GrievanceId" FOREIGN KEY ("GrievanceId") REFERENCES "Grievances" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_CaseKeys_GrievanceId_ReaderId",
                table: "CaseKeys",
                columns: new[] { "GrievanceId", "ReaderId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Contributions_TokenHash",
                table: "Contributions",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Grievances_LookupId",
                table: "Grievances",
                column: "LookupId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_GrievanceId_Position",
                table: "Messages",
                columns: new[] { "GrievanceId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NotBefore",
                table: "Outbox",
                column: "NotBefore");

            migrationBuilder.CreateIndex(
                name: "IX_Readers_Subject",
                table: "Readers",
                column: "Subject",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseKeys");

            migrationBuilder.DropTable(
                name: "Contributions");

            migrationBuilder.DropTable(
                name: "DatabaseIdentity");

            migrationBuilder.DropTable(
                name: "DueReleases");

            migrationBuilder.DropTable(
                name: "Heard");

            migrationBuilder.DropTable(
                name: "Inbox");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "Readers");

            migrationBuilder.DropTable(
                name: "Releases");

            migrationBuilder.DropTable(
                name: "Grievances");
        }
    }
}
