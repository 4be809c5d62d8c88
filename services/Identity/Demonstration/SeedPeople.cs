using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Demonstration;

/// <summary>In a demonstration, which listens on this machine alone: makes its people, all with the one printed password.</summary>
internal sealed class SeedPeople(IServiceScopeFactory scopes, IOptions<PlatformOptions> options, TimeProvider time) : IHostedService
{
    /// <summary>Printed by ./run. Worthless outside a demonstration, which no other machine can reach.</summary>
    public const string Password = "demonstration";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsDemonstration) return;

        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        foreach (var roles in DemonstrationPeople.Read().People.GroupBy(s => s.Email))
        {
            Console.WriteLine($"Sign-in: {roles.First().Role.Replace('_', ' '),-20} {roles.Key,-36} {Password}");
            if (await people.FindByEmailAsync(roles.Key) is not null) continue;

            var person = Person.New(roles.Key);
            person.EmailConfirmed = true;
            foreach (var role in roles) person.Join(role.PartyId, role.Kind, role.Role, time.GetUtcNow().UtcDateTime);
            var made = await people.CreateAsync(person, Password);
            if (!made.Succeeded) throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
