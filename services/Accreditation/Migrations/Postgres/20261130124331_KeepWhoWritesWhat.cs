using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepWhoWritesWhat : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A policy sees whole rows: a recruiter who may write its draft could name its own auditor in it, or until when it holds.
            migrationBuilder.Sql("""
                CREATE FUNCTION recruiter_writes_its_part() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    part text[] := ARRAY['State', 'Version', 'Corridors', 'Sectors', 'WroteForRecruiter'];
                    me uuid := NULLIF(current_setting('app.party', true), '')::uuid;
                BEGIN
                    IF coalesce(current_setting('app.role', true), '') = 'system' OR NEW."RecruiterPartyId" IS DISTINCT FROM me THEN RETURN NEW; END IF;
                    IF TG_OP = 'UPDATE' THEN
                        IF (to_jsonb(NEW) - part) IS DISTINCT FROM (to_jsonb(OLD) - part) OR NEW."Version" < OLD."Version" THEN
                            RAISE EXCEPTION 'A recruiter writes its own part of an application and nothing else.' USING ERRCODE = 'insufficient_privilege';
                        END IF;
                    ELSIF num_nonnulls(NEW."AuditBodyPartyId", NEW."StatusBodyPartyId", NEW."AuditorSubject", NEW."DecidedOn", NEW."DecidedBy", NEW."ValidFrom", NEW."ValidTo") > 0 THEN
                        RAISE EXCEPTION 'An application begins without an auditor and without a decision.' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END$$
                """);
            migrationBuilder.Sql("CREATE TRIGGER own_part BEFORE INSERT OR UPDATE ON \"Applications\" FOR EACH ROW EXECUTE FUNCTION recruiter_writes_its_part()");
            migrationBuilder.Sql(Taken("(\"Transitions\".\"To\" = 'Draft' AND a.\"State\" = 'Draft') OR (\"Transitions\".\"To\" = 'Submitted' AND a.\"State\" IN ('Draft', 'Deferred', 'Submitted'))"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Taken("\"Transitions\".\"To\" IN ('Draft', 'Submitted')"));
            migrationBuilder.Sql("DROP TRIGGER own_part ON \"Applications\"");
            migrationBuilder.Sql("DROP FUNCTION recruiter_writes_its_part()");
        }

        /// <summary>Which steps a recruiter takes: it begins, and it sends.</summary>
        private static string Taken(string ofRecruiter) => $"""
            ALTER POLICY taken ON "Transitions" WITH CHECK ((SELECT a."RecruiterPartyId" <> (SELECT NULLIF(current_setting('app.party', true), '')::uuid) OR {ofRecruiter}
                FROM "Applications" a WHERE a."Id" = "Transitions"."ApplicationId"))
            """;
    }
}
