using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Mail that goes out with what caused it, or not at all.</summary>
public static class Outgoing
{
    /// <summary>The secret under which mails are sealed while they wait.</summary>
    internal const string Secret = "mail";

    /// <summary>For a service that sends mail; its model must <see cref="Mails.KeepMails"/>, <see cref="Marks.KeepMarks"/> and <see cref="DueRows.KeepDueWork"/>.</summary>
    public static void AddMail<TDb>(this IHostApplicationBuilder builder)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        builder.AddOwnOptions<MailOptions>("Mail").ValidateOnStart();
        NumbersAreNumbers.Check<MailOptions.SmtpOptions>(builder.Configuration, "Mail:Smtp");
        services.AddSingleton(OwnSettings.Of<MailOptions.SmtpOptions>("Mail:Smtp"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailSettingsAreRight>());
        services.AddHostedService<MailFolderIsWritable>();
        services.AddMarkedSecret<TDb>(Secret, (db, stop) => db.Set<Mail>().AnyAsync(m => m.Sealed != null, stop));
        services.TryAddSingleton<IMailWay>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Host.Length > 0
            ? ActivatorUtilities.CreateInstance<MailServer>(provider)
            : ActivatorUtilities.CreateInstance<MailFolder>(provider));
        // One after the other, over one connection.
        services.AddDueWork<TDb, SendMail<TDb>>(SendMail<TDb>.Kind, atOnce: 1);
        services.AddDueWork<TDb, ForgetMails<TDb>>(ForgetMails<TDb>.Kind, always: true);
    }

    /// <summary>With the next SaveChanges: a mail that is sent within seconds, at least once, and tried again where it has to be. One address, plain text.</summary>
    /// <param name="db">Where it waits, sealed.</param>
    /// <param name="to">One address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">What it says.</param>
    /// <param name="leavesNoTrace">Once sent, nothing stays that says that there was such a mail.</param>
    public static void SendMail(this ServiceDb db, string to, string subject, string text, bool leavesNoTrace = false)
    {
        ArgumentNullException.ThrowIfNull(db);
        var mail = Mail.Of(new(to, subject, text), leavesNoTrace, db.GetService<Secrets>().GetKey(Secret));
        db.Add(mail);
        // As of the day: the time at which it was caused is told by nothing that is kept.
        db.Due(SendMail<ServiceDb>.Kind, mail.Id.ToString("N"), db.GetService<TimeProvider>().GetUtcNow().UtcDateTime.Date);
    }

    /// <summary>Maps <c>/mails</c> below a service's own address; the service's name makes the name of the answer unique in a process of several.</summary>
    public static void MapMails<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb => ListMails.Map<TDb>(group, service);
}
