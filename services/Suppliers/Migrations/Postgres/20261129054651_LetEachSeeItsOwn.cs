using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whose rows a transaction is about it says itself (OwnRowsOnly): app.party for one organisation, app.role for what serves none. Neither means no rows.
            // What is said is read once for each statement, not for each row, because it stands in a query of its own.
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";

            // Filled by the database with whose request it is; the code need not know of it.
            migrationBuilder.Sql("ALTER TABLE \"KeptAnswers\" ADD COLUMN \"Party\" uuid NULL DEFAULT NULLIF(current_setting('app.party', true), '')::uuid");

            foreach (var table in (string[])
            [
                "DatabaseIdentity", "DeadLetters", "Heard", "Inbox", "KeptAnswers", "Outbox", "Republishing", "Links", "Chunks", "ImportRows", "Imports", "Invitations",
                "Parties", "Relations", "SelfAssessments", "Workforce", "FormerNames", "Sites", "Aliases", "Listings",
            ])
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
            }

            // A supplier learns of a brand when the brand asks it.
            const string OwnRelation = $"\"BrandId\" = {Me} OR (\"SupplierId\" = {Me} AND \"AskedAt\" IS NOT NULL)";
            migrationBuilder.Sql($"CREATE POLICY seen ON \"Relations\" FOR SELECT USING ({OwnRelation})");
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Relations\" FOR UPDATE USING ({OwnRelation})");

            migrationBuilder.Sql($$"""
                CREATE POLICY seen ON "Parties" FOR SELECT USING ("Id" = {{Me}} OR ("Kind" = 'recruiter' AND {{Me}} IS NOT NULL)
                    OR EXISTS (SELECT FROM "Relations" r WHERE r."BrandId" = {{Me}} AND r."SupplierId" = "Parties"."Id")
                    OR EXISTS (SELECT FROM "Relations" r WHERE r."SupplierId" = {{Me}} AND r."BrandId" = "Parties"."Id"))
                """);
            migrationBuilder.Sql($"CREATE POLICY changed ON \"Parties\" FOR UPDATE USING (\"Id\" = {Me})");
            // A recruiter that a supplier declares and nobody did before.
            migrationBuilder.Sql($"CREATE POLICY declared ON \"Parties\" FOR INSERT WITH CHECK (\"Kind\" = 'recruiter' AND {Me} IS NOT NULL)");

            migrationBuilder.Sql($"CREATE POLICY seen ON \"Listings\" FOR SELECT USING (\"BrandId\" = {Me})");
            migrationBuilder.Sql($"CREATE POLICY own ON \"Imports\" USING (\"BrandId\" = {Me})");
            foreach (var table in (string[])["Chunks", "ImportRows"])
                migrationBuilder.Sql($"CREATE POLICY own ON \"{table}\" USING (\"ImportId\" IN (SELECT i.\"Id\" FROM \"Imports\" i WHERE i.\"BrandId\" = {Me}))");
            migrationBuilder.Sql($"CREATE POLICY own ON \"Invitations\" USING (\"InvitedBy\" = {Me})");

            const string Shared = $"r.\"BrandId\" = {Me} AND r.\"SharedAt\" IS NOT NULL";
            migrationBuilder.Sql($"CREATE POLICY own ON \"Sites\" USING (\"PartyId\" = {Me})");
            migrationBuilder.Sql($$"""
                CREATE POLICY seen ON "Sites" FOR SELECT USING (
                    EXISTS (SELECT FROM "Listings" l WHERE l."SiteId" = "Sites"."Id" AND l."BrandId" = {{Me}} AND l."WithdrawnAt" IS NULL)
                    OR EXISTS (SELECT FROM "Relations" r WHERE r."SupplierId" = "Sites"."PartyId" AND {{Shared}}))
                """);
            migrationBuilder.Sql("CREATE POLICY seen ON \"Aliases\" FOR SELECT USING (EXISTS (SELECT FROM \"Sites\" s WHERE s.\"Id\" = \"Aliases\".\"SiteId\"))");
            migrationBuilder.Sql($"CREATE POLICY own ON \"FormerNames\" USING (\"SiteId\" IN (SELECT s.\"Id\" FROM \"Sites\" s WHERE s.\"PartyId\" = {Me}))");
            // Listing a site shows nothing of what its supplier says there; sharing does.
            foreach (var table in (string[])["Workforce", "SelfAssessments"])
            {
                migrationBuilder.Sql($"CREATE POLICY own ON \"{table}\" USING (\"SiteId\" IN (SELECT s.\"Id\" FROM \"Sites\" s WHERE s.\"PartyId\" = {Me}))");
                migrationBuilder.Sql($$"""
                    CREATE POLICY seen ON "{{table}}" FOR SELECT USING (EXISTS (
                        SELECT FROM "Sites" s JOIN "Relations" r ON r."SupplierId" = s."PartyId" WHERE s."Id" = "{{table}}"."SiteId" AND {{Shared}}))
                    """);
            }
            migrationBuilder.Sql($"CREATE POLICY own ON \"Links\" USING (\"SupplierId\" = {Me})");
            migrationBuilder.Sql($"CREATE POLICY seen ON \"Links\" FOR SELECT USING (EXISTS (SELECT FROM \"Relations\" r WHERE r.\"SupplierId\" = \"Links\".\"SupplierId\" AND {Shared}))");

            migrationBuilder.Sql($"CREATE POLICY own ON \"KeptAnswers\" USING (\"Party\" = {Me})");
            // An event is handed over and not read again.
            migrationBuilder.Sql($"CREATE POLICY published ON \"Outbox\" FOR INSERT WITH CHECK ({Me} IS NOT NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, policies) in new Dictionary<string, string[]>
            {
                ["DatabaseIdentity"] = [], ["DeadLetters"] = [], ["Heard"] = [], ["Inbox"] = [], ["Republishing"] = [], ["KeptAnswers"] = ["own"], ["Outbox"] = ["published"],
                ["Links"] = ["own", "seen"], ["Chunks"] = ["own"], ["ImportRows"] = ["own"], ["Imports"] = ["own"], ["Invitations"] = ["own"], ["Parties"] = ["seen", "changed", "declared"],
                ["Relations"] = ["seen", "changed"], ["SelfAssessments"] = ["own", "seen"], ["Workforce"] = ["own", "seen"], ["FormerNames"] = ["own"], ["Sites"] = ["own", "seen"],
                ["Aliases"] = ["seen"], ["Listings"] = ["seen"],
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
