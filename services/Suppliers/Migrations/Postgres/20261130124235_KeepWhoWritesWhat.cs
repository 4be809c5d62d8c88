using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepWhoWritesWhat : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A lower version would make what is told later count as old.
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION relation_is_written_by_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    me uuid := NULLIF(current_setting('app.party', true), '')::uuid;
                BEGIN
                    IF coalesce(current_setting('app.role', true), '') = 'system' THEN RETURN NEW; END IF;
                    IF ROW(NEW."Id", NEW."BrandId", NEW."SupplierId", NEW."Name", NEW."NameKey", NEW."Status")
                            IS DISTINCT FROM ROW(OLD."Id", OLD."BrandId", OLD."SupplierId", OLD."Name", OLD."NameKey", OLD."Status")
                        OR (me IS DISTINCT FROM OLD."BrandId" AND NEW."AskedAt" IS DISTINCT FROM OLD."AskedAt")
                        OR (me IS DISTINCT FROM OLD."SupplierId" AND ROW(NEW."SharedAt", NEW."SharedOn", NEW."SharingEndedAt") IS DISTINCT FROM ROW(OLD."SharedAt", OLD."SharedOn", OLD."SharingEndedAt"))
                        OR NEW."Version" < OLD."Version"
                    THEN
                        RAISE EXCEPTION 'A brand asks and a supplier shares; neither writes the other''s part.' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END$$
                """);

            // Of itself an organisation says what stands in its profile. What it is, what it is called and whom it belongs to, others say.
            migrationBuilder.Sql("""
                CREATE FUNCTION party_writes_its_profile() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    profile text[] := ARRAY['LegalName', 'RegistrationNumber', 'ContactRole', 'EmployerHousing', 'Version'];
                BEGIN
                    IF coalesce(current_setting('app.role', true), '') = 'system' THEN RETURN NEW; END IF;
                    IF (to_jsonb(NEW) - profile) IS DISTINCT FROM (to_jsonb(OLD) - profile) OR NEW."Version" < OLD."Version" THEN
                        RAISE EXCEPTION 'An organisation writes its own profile and nothing else of itself.' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END$$
                """);
            migrationBuilder.Sql("CREATE TRIGGER own_profile BEFORE UPDATE ON \"Parties\" FOR EACH ROW EXECUTE FUNCTION party_writes_its_profile()");

            // An invitation opens an organisation: a brand invites its suppliers, a supplier the recruiters that it declared.
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            migrationBuilder.Sql($"""
                ALTER POLICY own ON "Invitations" USING ("InvitedBy" = {Me}) WITH CHECK ("InvitedBy" = {Me} AND (
                    EXISTS (SELECT FROM "Relations" r WHERE r."BrandId" = {Me} AND r."SupplierId" = "Invitations"."PartyId" AND r."Status" = 'open')
                    OR EXISTS (SELECT FROM "Links" l WHERE l."SupplierId" = {Me} AND l."RecruiterId" = "Invitations"."PartyId")))
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            migrationBuilder.Sql($"ALTER POLICY own ON \"Invitations\" USING (\"InvitedBy\" = {Me}) WITH CHECK (\"InvitedBy\" = {Me})");
            migrationBuilder.Sql("DROP TRIGGER own_profile ON \"Parties\"");
            migrationBuilder.Sql("DROP FUNCTION party_writes_its_profile()");
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION relation_is_written_by_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    me uuid := NULLIF(current_setting('app.party', true), '')::uuid;
                BEGIN
                    IF coalesce(current_setting('app.role', true), '') = 'system' THEN RETURN NEW; END IF;
                    IF ROW(NEW."Id", NEW."BrandId", NEW."SupplierId", NEW."Name", NEW."NameKey", NEW."Status")
                            IS DISTINCT FROM ROW(OLD."Id", OLD."BrandId", OLD."SupplierId", OLD."Name", OLD."NameKey", OLD."Status")
                        OR (me IS DISTINCT FROM OLD."BrandId" AND NEW."AskedAt" IS DISTINCT FROM OLD."AskedAt")
                        OR (me IS DISTINCT FROM OLD."SupplierId" AND ROW(NEW."SharedAt", NEW."SharedOn", NEW."SharingEndedAt") IS DISTINCT FROM ROW(OLD."SharedAt", OLD."SharedOn", OLD."SharingEndedAt"))
                    THEN
                        RAISE EXCEPTION 'A brand asks and a supplier shares; neither writes the other''s part.' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END$$
                """);
        }
    }
}
