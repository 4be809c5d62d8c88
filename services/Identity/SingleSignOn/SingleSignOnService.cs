using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Domains;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>What this folder and that of domains add to the service, its model and its addresses.</summary>
internal static class SingleSignOnService
{
    public static void AddSingleSignOn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddOwnOptions<SingleSignOnOptions>("SingleSignOn").ValidateOnStart();
        services.AddSingleton<IValidateOptions<SingleSignOnOptions>, SettingsAreRight>();
        services.AddStrangersAddresses();
        services.AddSingleton<ProviderMetadata>();
        services.AddSingleton<DomainEntries>();
        services.AddSingleton<Errands>();
        services.AddSingleton<SignInOutside>();
        services.AddSingleton<ReadOutsideIdentity>();
        services.AddScoped<AccountOfOutsider>();
        services.AddScoped<Provisioning.ProvisionedPeople>();
        services.AddMarkedSecret<IdentityDb>(OrganisationProvider.Secret, (db, stop) => db.Providers.AnyAsync(stop));
    }

    public static void KeepSingleSignOn(this ModelBuilder model)
    {
        model.Entity<OrganisationProvider>(provider =>
        {
            provider.ToTable("OrganisationProviders").HasKey(p => p.Id);
            provider.Property(p => p.Id).ValueGeneratedNever();
            provider.Property(p => p.Version).IsConcurrencyToken();
            provider.HasIndex(p => p.PartyId).IsUnique();
        });
        model.Entity<EmailDomain>(domain =>
        {
            domain.ToTable("EmailDomains").HasKey(d => d.Id);
            domain.Property(d => d.Id).ValueGeneratedNever();
            domain.Property(d => d.Version).IsConcurrencyToken();
            domain.HasIndex(d => new { d.PartyId, d.Domain }).IsUnique();
            domain.HasIndex(d => d.ProvedDomain).IsUnique();
        });
    }

    public static void MapSingleSignOn(this RouteGroupBuilder identity)
    {
        GetSingleSignOn.Map(identity);
        ChangeSingleSignOn.Map(identity);
        EndSingleSignOn.Map(identity);
        ListDomains.Map(identity);
        ClaimDomain.Map(identity);
        ProveDomain.Map(identity);
        RemoveDomain.Map(identity);
    }

    private sealed class SettingsAreRight : IValidateOptions<SingleSignOnOptions>
    {
        public ValidateOptionsResult Validate(string? name, SingleSignOnOptions options) => options.Wrong() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
