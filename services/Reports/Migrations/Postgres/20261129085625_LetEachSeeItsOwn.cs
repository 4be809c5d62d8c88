using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Reports.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Reports_FileId",
                table: "Reports",
                column: "FileId");

            // Whose rows a transaction is about it says itself (OwnRowsOnly): app.party for one organisation, app.role for what serves none. Neither means no rows.
            // What is said is read once for each statement, not for each row, because it stands in a query of its own.
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";
            // Hashes and numbers of what a stranger has in his hand.
            const string Held = "(SELECT string_to_array(current_setting('app.held', true), ' '))";

            foreach (var table in (string[])["DatabaseIdentity", "DeadLetters", "Heard", "Inbox", "Outbox", "Republishing", "Reports", "Files", "FileChunks"])
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
            }

            migrationBuilder.Sql($"CREATE POLICY seen ON \"Reports\" FOR SELECT USING (\"IssuerPartyId\" = {Me} OR \"SubjectPartyId\" = {Me})");
            migrationBuilder.Sql($"CREATE POLICY verified ON \"Reports\" FOR SELECT USING (\"Sha256\" = ANY ({Held}::text[]) OR \"SignatureSha256\" = ANY ({Held}::text[]) OR \"Number\" = ANY ({Held}::text[]))");
            migrationBuilder.Sql($"CREATE POLICY issued ON \"Reports\" FOR INSERT WITH CHECK (\"IssuerPartyId\" = {Me})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Reports\" FOR UPDATE USING (\"IssuerPartyId\" = {Me})");

            // Whose a file is, its report says, which is saved after it. Holding a copy opens no file.
            foreach (var (table, file) in (ReadOnlySpan<(string, string)>)[("Files", "Id"), ("FileChunks", "FileId")])
            {
                migrationBuilder.Sql($$"""
                    CREATE POLICY seen ON "{{table}}" FOR SELECT USING (EXISTS (
                        SELECT FROM "Reports" r WHERE r."FileId" = "{{table}}"."{{file}}" AND (r."IssuerPartyId" = {{Me}} OR r."SubjectPartyId" = {{Me}})))
                    """);
                migrationBuilder.Sql($"CREATE POLICY issued ON \"{table}\" FOR INSERT WITH CHECK ({Me} IS NOT NULL)");
            }

            // An event is handed over and not read again.
            migrationBuilder.Sql($"CREATE POLICY published ON \"Outbox\" FOR INSERT WITH CHECK ({Me} IS NOT NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, policies) in new Dictionary<string, string[]>
            {
                ["DatabaseIdentity"] = [], ["DeadLetters"] = [], ["Heard"] = [], ["Inbox"] = [], ["Republishing"] = [], ["Outbox"] = ["published"],
                ["Reports"] = ["seen", "verified", "issued", "changed"], ["Files"] = ["seen", "issued"], ["FileChunks"] = ["seen", "issued"],
            })
            {
                foreach (var policy in policies.Append("system")) migrationBuilder.Sql($"DROP POLICY {policy} ON \"{table}\"");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" DISABLE ROW LEVEL SECURITY");
            }

            migrationBuilder.DropIndex(
                name: "IX_Reports_FileId",
                table: "Reports");
        }
    }
}
