using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LetEachSeeItsOwn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Owners",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    OwnerPartyId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Owners", x => x.Id);
                });

            migrationBuilder.Sql("INSERT INTO \"Owners\" (\"Id\", \"OwnerPartyId\") SELECT \"Id\", \"OwnerPartyId\" FROM \"Parties\"");

            migrationBuilder.DropColumn(
                name: "OwnerPartyId",
                table: "Parties");

            // Whose rows a transaction is about it says itself (OwnRowsOnly): app.party for one organisation, app.role for what serves none. Neither means no rows.
            // What is said is read once for each statement, not for each row, because it stands in a query of its own.
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";

            // What consumers write and only they read has no other policy.
            foreach (var table in (string[])
            [
                "DatabaseIdentity", "DeadLetters", "Due", "Heard", "Inbox", "Outbox", "Republishing", "Editions", "Scores",
                "Parties", "SupplyRelations", "SiteListings", "Sites", "SelfAssessments", "RecruiterLinks", "Audits", "TopicScores", "ScoreChanges", "Signals",
            ])
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
            }

            // PostgreSQL 15 tries policies from the last name to the first: "system" comes before "seen", so that scoring asks no relation of any row.
            void Seen(string table, string rule) => migrationBuilder.Sql($"CREATE POLICY seen ON \"{table}\" FOR SELECT USING ({rule})");

            Seen("SupplyRelations", $"\"BrandPartyId\" = {Me}");
            Seen("SiteListings", $"\"BrandPartyId\" = {Me}");
            const string Open = $"r.\"BrandPartyId\" = {Me} AND r.\"IsOpen\"";
            const string Shared = $"{Open} AND r.\"SharedOn\" IS NOT NULL";
            Seen("Sites", $"\"PartyId\" = {Me} OR EXISTS (SELECT FROM \"SupplyRelations\" r WHERE r.\"SupplierPartyId\" = \"Sites\".\"PartyId\" AND {Shared})");

            // What is said of a site or scored from it, for whoever is told of the site; a recruiter's name and findings for whoever is told of a site that uses it.
            foreach (var table in (string[])["SelfAssessments", "RecruiterLinks", "TopicScores"])
                Seen(table, $"EXISTS (SELECT FROM \"Sites\" s WHERE s.\"Id\" = \"{table}\".\"SiteId\")");
            Seen("Audits", "EXISTS (SELECT FROM \"RecruiterLinks\" l WHERE l.\"RecruiterPartyId\" = \"Audits\".\"RecruiterPartyId\")");
            Seen("Parties", $$"""
                "Id" = {{Me}} OR EXISTS (SELECT FROM "SupplyRelations" r WHERE r."SupplierPartyId" = "Parties"."Id" AND {{Open}})
                OR EXISTS (SELECT FROM "RecruiterLinks" l WHERE l."RecruiterPartyId" = "Parties"."Id")
                """);
            // What changed before the supplier shared was never said to this reader.
            Seen("ScoreChanges", $$"""
                EXISTS (SELECT FROM "Sites" s WHERE s."Id" = "ScoreChanges"."SiteId" AND (s."PartyId" = {{Me}}
                    OR EXISTS (SELECT FROM "SupplyRelations" r WHERE r."SupplierPartyId" = s."PartyId" AND {{Open}} AND r."SharedOn" <= "ScoreChanges"."Day")))
                """);

            // As Viewing/OwnershipGroups: whoever is not known counts as related, for a doubt withholds. Its cost keeps the planner from asking it of every line of a list.
            migrationBuilder.Sql("""
                CREATE FUNCTION may_be_related(one uuid, other uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 10000 AS $$
                DECLARE
                    here uuid := one;
                    ones uuid[] := '{}';
                    others uuid[] := '{}';
                BEGIN
                    IF one IS NULL OR other IS NULL THEN RETURN true; END IF;
                    WHILE here IS NOT NULL AND here <> ALL (ones) LOOP
                        ones := ones || here;
                        SELECT o."OwnerPartyId" INTO here FROM "Owners" o WHERE o."Id" = here;
                        IF NOT FOUND THEN RETURN true; END IF;
                    END LOOP;
                    here := other;
                    WHILE here IS NOT NULL AND here <> ALL (others) LOOP
                        IF here = ANY (ones) THEN RETURN true; END IF;
                        others := others || here;
                        SELECT o."OwnerPartyId" INTO here FROM "Owners" o WHERE o."Id" = here;
                        IF NOT FOUND THEN RETURN true; END IF;
                    END LOOP;
                    RETURN false;
                END
                $$
                """);
            // For brands alone, of what they buy from or list, and withheld from the accused and its group.
            Seen("Signals", $$"""
                ("SubjectKind" = 'site' AND (
                    EXISTS (SELECT FROM "Sites" s WHERE s."Id" = "Signals"."SubjectId" AND s."PartyId" <> {{Me}} AND NOT may_be_related({{Me}}, s."PartyId"))
                    OR EXISTS (SELECT FROM "SiteListings" l JOIN "SupplyRelations" r ON r."SupplierPartyId" = l."SupplierPartyId"
                        WHERE l."SiteId" = "Signals"."SubjectId" AND l."BrandPartyId" = {{Me}} AND {{Open}} AND NOT may_be_related({{Me}}, l."SupplierPartyId"))))
                OR ("SubjectKind" = 'recruiter' AND NOT may_be_related({{Me}}, "SubjectId")
                    AND EXISTS (SELECT FROM "RecruiterLinks" l JOIN "Sites" s ON s."Id" = l."SiteId" WHERE l."RecruiterPartyId" = "Signals"."SubjectId" AND s."PartyId" <> {{Me}}))
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, policies) in new Dictionary<string, string[]>
            {
                ["DatabaseIdentity"] = [], ["DeadLetters"] = [], ["Due"] = [], ["Heard"] = [], ["Inbox"] = [], ["Outbox"] = [], ["Republishing"] = [], ["Editions"] = [], ["Scores"] = [],
                ["Signals"] = ["seen"], ["ScoreChanges"] = ["seen"], ["Parties"] = ["seen"], ["Audits"] = ["seen"], ["TopicScores"] = ["seen"], ["RecruiterLinks"] = ["seen"],
                ["SelfAssessments"] = ["seen"], ["Sites"] = ["seen"], ["SiteListings"] = ["seen"], ["SupplyRelations"] = ["seen"],
            })
            {
                foreach (var policy in policies.Append("system")) migrationBuilder.Sql($"DROP POLICY {policy} ON \"{table}\"");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" DISABLE ROW LEVEL SECURITY");
            }
            migrationBuilder.Sql("DROP FUNCTION may_be_related");

            migrationBuilder.AddColumn<Guid>(
                name: "OwnerPartyId",
                table: "Parties",
                type: "uuid",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"Parties\" SET \"OwnerPartyId\" = (SELECT o.\"OwnerPartyId\" FROM \"Owners\" o WHERE o.\"Id\" = \"Parties\".\"Id\")");

            migrationBuilder.DropTable(
                name: "Owners");
        }
    }
}
