using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recruitment.Risk.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LetOnlyTheServiceWriteWhatAllRead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Everybody's request reads all of these. What it wrote there would change everybody's scores, or from whom worker voice is withheld.
            const string System = "(SELECT coalesce(current_setting('app.role', true), '') = 'system')";
            foreach (var table in Tables)
            {
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"CREATE POLICY system ON \"{table}\" USING ({System})");
                migrationBuilder.Sql($"CREATE POLICY seen ON \"{table}\" FOR SELECT USING (true)");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Tables)
            {
                foreach (var policy in (string[])["system", "seen"]) migrationBuilder.Sql($"DROP POLICY {policy} ON \"{table}\"");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY");
                migrationBuilder.Sql($"ALTER TABLE \"{table}\" DISABLE ROW LEVEL SECURITY");
            }
        }

        private static readonly string[] Tables = ["Accreditations", "FactEditions", "Facts", "Owners"];
    }
}
