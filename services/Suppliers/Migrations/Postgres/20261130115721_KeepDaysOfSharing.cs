using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Suppliers.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class KeepDaysOfSharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "SharedOn",
                table: "Relations",
                type: "date",
                nullable: true);
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

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION relation_is_written_by_its_side() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    me uuid := NULLIF(current_setting('app.party', true), '')::uuid;
                BEGIN
                    IF coalesce(current_setting('app.role', true), '') = 'system' THEN RETURN NEW; END IF;
                    IF ROW(NEW."Id", NEW."BrandId", NEW."SupplierId", NEW."Name", NEW."NameKey", NEW."Status")
                            IS DISTINCT FROM ROW(OLD."Id", OLD."BrandId", OLD."SupplierId", OLD."Name", OLD."NameKey", OLD."Status")
                        OR (me IS DISTINCT FROM OLD."BrandId" AND NEW."AskedAt" IS DISTINCT FROM OLD."AskedAt")
                        OR (me IS DISTINCT FROM OLD."SupplierId" AND ROW(NEW."SharedAt", NEW."SharingEndedAt") IS DISTINCT FROM ROW(OLD."SharedAt", OLD."SharingEndedAt"))
                    THEN
                        RAISE EXCEPTION 'A brand asks and a supplier shares; neither writes the other''s part.' USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                END$$
                """);
            migrationBuilder.DropColumn(
                name: "SharedOn",
                table: "Relations");
        }
    }
}
