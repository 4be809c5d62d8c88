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
        foreach (var someone in DemonstrationPeople.Read().People)
        {
            Console.WriteLine($"Sign-in: {someone.Role.Replace('_', ' '),-20} {someone.Email,-36} {Password}");
            if (await people.FindByEmailAsync(someone.Email) is not null) continue;

            var person = Person.New(someone.Email);
            person.EmailConfirmed = true;
            person.Join(someone.PartyId, someone.Kind, someone.Role, time.GetUtcNow().UtcDateTime);
            var made = await people.CreateAsync(person, Password);
            if (!made.Succeeded) throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
