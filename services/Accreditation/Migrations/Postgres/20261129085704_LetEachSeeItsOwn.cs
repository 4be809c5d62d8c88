using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whose rows a transaction is about it says itself (OwnRowsOnly): app.party for one organisation, with app.kind if that is the operator, app.role for what serves none.
            // Neither means no rows. What is said is read once for each statement, not for each row, because it stands in a query of its own.
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            const string Operator = "(SELECT coalesce(current_setting('app.kind', true), '') = 'operator')";
            const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";

            // Filled by the database with whose request it is; the code need not know of it.
            migrationBuilder.Sql("ALTER TABLE \"KeptAnswers\" ADD COLUMN \"Party\" uuid NULL DEFAULT NULLIF(current_setting('app.party', true), '')::uuid");

            foreach (var table in (string[])
            [
                "DatabaseIdentity", "DeadLetters", "Heard", "Inbox", "KeptAnswers", "Outbox", "Republishing",
                "Applications", "Answers", "Transitions", "Findings", "ConflictDeclarations", "DroppedAudits", "StatusBodies", "Evidence", "EvidenceChunks", "Parties",
            ])
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
            }

            // The recruiter's own, what a body is responsible for, and for whoever runs the scheme what was sent.
            const string Own = $"a.\"RecruiterPartyId\" = {Me}";
            const string Responsible = $"coalesce(a.\"StatusBodyPartyId\", a.\"AuditBodyPartyId\") = {Me}";
            const string Seen = $"{Me} IN (\"RecruiterPartyId\", coalesce(\"StatusBodyPartyId\", \"AuditBodyPartyId\")) OR ({Operator} AND \"State\" <> 'Draft')";
            migrationBuilder.Sql($"CREATE POLICY seen ON \"Applications\" FOR SELECT USING ({Seen})");
            // Its recruiter writes while it is open to him, and sends it.
            const string Open = "\"State\" IN ('Draft', 'Deferred')";
            const string NotTheRecruiter = $"\"RecruiterPartyId\" <> {Me}";
            migrationBuilder.Sql($"""
                CREATE POLICY changed ON "Applications" FOR UPDATE USING (({Seen}) AND ({NotTheRecruiter} OR {Open}))
                WITH CHECK (({Seen}) AND ({NotTheRecruiter} OR {Open} OR "State" = 'Submitted'))
                """);
            migrationBuilder.Sql($"CREATE POLICY begun ON \"Applications\" FOR INSERT WITH CHECK (\"RecruiterPartyId\" = {Me} AND \"State\" = 'Draft')");

            // An application that is itself seen, and more. A value and no EXISTS, for which the server would make two plans, and four for one within another.
            static string Of(string table, string more = "true") => $"(SELECT {more} FROM \"Applications\" a WHERE a.\"Id\" = \"{table}\".\"ApplicationId\")";

            migrationBuilder.Sql($"CREATE POLICY seen ON \"Answers\" FOR SELECT USING ({Of("Answers", $"{Own} OR ({Responsible} AND a.\"State\" <> 'Eligible') OR ({Operator} AND a.\"State\" <> 'Deferred')")})");
            // One save sends it and writes what it was sent with, in either order.
            const string OwnOpen = $"{Own} AND a.\"State\" IN ('Draft', 'Deferred', 'Submitted')";
            migrationBuilder.Sql($"CREATE POLICY given ON \"Answers\" FOR INSERT WITH CHECK ({Of("Answers", OwnOpen)})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Answers\" FOR UPDATE USING ({Of("Answers", OwnOpen)})");

            // Steps and bodies named are only ever added.
            migrationBuilder.Sql($"CREATE POLICY seen ON \"Transitions\" FOR SELECT USING ({Of("Transitions")})");
            migrationBuilder.Sql($"CREATE POLICY taken ON \"Transitions\" FOR INSERT WITH CHECK ({Of("Transitions", $"a.\"RecruiterPartyId\" <> {Me} OR \"Transitions\".\"To\" IN ('Draft', 'Submitted')")})");
            migrationBuilder.Sql($"CREATE POLICY seen ON \"StatusBodies\" FOR SELECT USING ({Operator} AND {Of("StatusBodies")})");
            migrationBuilder.Sql($"CREATE POLICY named ON \"StatusBodies\" FOR INSERT WITH CHECK ({Operator} AND {Of("StatusBodies")})");
            migrationBuilder.Sql($"CREATE POLICY kept ON \"DroppedAudits\" FOR INSERT WITH CHECK ({Operator} AND {Of("DroppedAudits")})");

            // While they are being written the recruiter reads none of them.
            migrationBuilder.Sql($"""
                CREATE POLICY seen ON "Findings" FOR SELECT USING (
                    {Of("Findings", $"a.\"RecruiterPartyId\" <> {Me} OR (a.\"AuditedOn\" IS NOT NULL AND a.\"State\" <> 'AuditAssigned')")})
                """);
            migrationBuilder.Sql($"CREATE POLICY recorded ON \"Findings\" FOR INSERT WITH CHECK ({Of("Findings", Responsible)})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Findings\" FOR UPDATE USING ({Of("Findings", Responsible)})");
            // An audit that begins anew.
            migrationBuilder.Sql($"CREATE POLICY dropped ON \"Findings\" FOR DELETE USING ({Operator} AND {Of("Findings", "a.\"State\" IN ('Eligible', 'AuditAssigned', 'ReadyForDecision')")})");

            const string NotOfTheRecruiter = $"a.\"RecruiterPartyId\" <> {Me}";
            migrationBuilder.Sql($"CREATE POLICY seen ON \"ConflictDeclarations\" FOR SELECT USING ({Of("ConflictDeclarations", NotOfTheRecruiter)})");
            migrationBuilder.Sql($"CREATE POLICY declared ON \"ConflictDeclarations\" FOR INSERT WITH CHECK (\"AuditBodyPartyId\" = {Me} AND {Of("ConflictDeclarations", Responsible)})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"ConflictDeclarations\" FOR UPDATE USING ({Of("ConflictDeclarations", NotOfTheRecruiter)})");

            // A body that is only asked reads none yet. Whoever runs the scheme sets the day of a rejected application's files, and opens no file.
            const string Judged = $"({Responsible} AND a.\"State\" <> 'Eligible') OR ({Operator} AND a.\"State\" IN ('Submitted', 'Deferred', 'Rejected'))";
            migrationBuilder.Sql($"CREATE POLICY seen ON \"Evidence\" FOR SELECT USING ({Of("Evidence", $"{Own} OR {Judged}")})");
            migrationBuilder.Sql($"CREATE POLICY attached ON \"Evidence\" FOR INSERT WITH CHECK ({Of("Evidence", OwnOpen)})");
            migrationBuilder.Sql($"CREATE POLICY removed ON \"Evidence\" FOR DELETE USING ({Of("Evidence", OwnOpen)})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Evidence\" FOR UPDATE USING ({Of("Evidence", Judged)})");
            const string OwnFile = $$"""
                (SELECT {{OwnOpen}} FROM "Evidence" e JOIN "Applications" a ON a."Id" = e."ApplicationId" WHERE e."Id" = "EvidenceChunks"."EvidenceId")
                """;
            migrationBuilder.Sql($"CREATE POLICY seen ON \"EvidenceChunks\" FOR SELECT USING (NOT {Operator} AND (SELECT true FROM \"Evidence\" e WHERE e.\"Id\" = \"EvidenceChunks\".\"EvidenceId\"))");
            migrationBuilder.Sql($"CREATE POLICY attached ON \"EvidenceChunks\" FOR INSERT WITH CHECK ({OwnFile})");
            migrationBuilder.Sql($"CREATE POLICY removed ON \"EvidenceChunks\" FOR DELETE USING ({OwnFile})");

            // Independence is asked after owners of any kind, over any number of steps: a body that has something to judge sees whom anybody belongs to, and a recruiter no more than its body.
            migrationBuilder.Sql($"""
                CREATE POLICY seen ON "Parties" FOR SELECT USING ({Operator} OR "Id" = {Me}
                    OR EXISTS (SELECT FROM "Applications" a WHERE {Responsible})
                    OR "Id" IN (SELECT coalesce(a."StatusBodyPartyId", a."AuditBodyPartyId") FROM "Applications" a WHERE {Own}))
                """);

            migrationBuilder.Sql($"CREATE POLICY own ON \"KeptAnswers\" USING (\"Party\" = {Me})");
            // An event is handed over and not read again.
            migrationBuilder.Sql($"CREATE POLICY published ON \"Outbox\" FOR INSERT WITH CHECK ({Me} IS NOT NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, policies) in new Dictionary<string, string[]>
            {
                // What policies read goes last.
                ["DatabaseIdentity"] = [], ["DeadLetters"] = [], ["Heard"] = [], ["Inbox"] = [], ["Republishing"] = [], ["KeptAnswers"] = ["own"], ["Outbox"] = ["published"],
                ["Parties"] = ["seen"], ["EvidenceChunks"] = ["seen", "attached", "removed"], ["Evidence"] = ["seen", "attached", "removed", "changed"],
                ["ConflictDeclarations"] = ["seen", "declared", "changed"], ["Findings"] = ["seen", "recorded", "changed", "dropped"], ["DroppedAudits"] = ["kept"],
                ["StatusBodies"] = ["seen", "named"], ["Transitions"] = ["seen", "taken"], ["Answers"] = ["seen", "given", "changed"], ["Applications"] = ["seen", "changed", "begun"],
            })
            {
                foreach (var policy in policies.Append("system")) migrationBuilder.Sql($"DROP POLICY {policy} ON \"{table}\"");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" DISABLE ROW LEVEL SECURITY");
            }
            migrationBuilder.Sql("ALTER TABLE \"KeptAnswers\" DROP COLUMN \"Party\"");
        }
    }
}
