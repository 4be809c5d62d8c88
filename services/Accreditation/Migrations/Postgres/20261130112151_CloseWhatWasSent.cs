using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Accreditation.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CloseWhatWasSent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Policies(migrationBuilder, "'Draft', 'Deferred'");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Policies(migrationBuilder, "'Draft', 'Deferred', 'Submitted'");

        /// <summary>In which states its recruiter writes answers and files: whoever reads a sent application reads what was sent.</summary>
        private static void Policies(MigrationBuilder migrationBuilder, string states)
        {
            const string Me = "(SELECT NULLIF(current_setting('app.party', true), '')::uuid)";
            var open = $"a.\"RecruiterPartyId\" = {Me} AND a.\"State\" IN ({states})";
            string Of(string table) => $"(SELECT {open} FROM \"Applications\" a WHERE a.\"Id\" = \"{table}\".\"ApplicationId\")";
            var ofFile = $"(SELECT {open} FROM \"Evidence\" e JOIN \"Applications\" a ON a.\"Id\" = e.\"ApplicationId\" WHERE e.\"Id\" = \"EvidenceChunks\".\"EvidenceId\")";

            migrationBuilder.Sql($"ALTER POLICY given ON \"Answers\" WITH CHECK ({Of("Answers")})");
            migrationBuilder.Sql($"ALTER POLICY changed ON \"Answers\" USING ({Of("Answers")})");
            migrationBuilder.Sql($"ALTER POLICY attached ON \"Evidence\" WITH CHECK ({Of("Evidence")})");
            migrationBuilder.Sql($"ALTER POLICY removed ON \"Evidence\" USING ({Of("Evidence")})");
            migrationBuilder.Sql($"ALTER POLICY attached ON \"EvidenceChunks\" WITH CHECK ({ofFile})");
            migrationBuilder.Sql($"ALTER POLICY removed ON \"EvidenceChunks\" USING ({ofFile})");
        }
    }
}
