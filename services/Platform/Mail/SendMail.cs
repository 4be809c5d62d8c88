using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace Recruitment.Platform;

/// <summary>How mails leave: to a server, or into a folder.</summary>
internal interface IMailWay
{
    /// <exception cref="MailNotTakenException">Not now, or never.</exception>
    Task Send(MimeMessage mail, CancellationToken stop);
}

/// <summary>Sends one mail, and keeps how it ended. A process that dies between the two sends it again, under the same Message-ID.</summary>
internal sealed class SendMail<TDb>(TDb db, IMailWay way, Secrets secrets, IOptions<MailOptions> options, BusinessClock clock, TimeProvider time) : IDueWork, IActsFirst
    where TDb : ServiceDb
{
    public const string Kind = "mail";

    private MailNotTakenException? notTaken;

    public async Task Act(string subject, CancellationToken stop)
    {
        if (await db.Set<Mail>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == IdOf(subject) && m.State == Mail.Waiting, stop) is not { } mail) return;
        try
        {
            using var message = Compose(mail.Id, mail.Open(secrets.GetKey(Outgoing.Secret)), options.Value.From);
            await way.Send(message, stop);
        }
        catch (MailNotTakenException problem)
        {
            notTaken = problem;
        }
    }

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var today = clock.DayOf(now);
        if (await db.Set<Mail>().SingleOrDefaultAsync(m => m.Id == IdOf(subject) && m.State == Mail.Waiting, stop) is not { } mail) return null;

        if (notTaken is null)
        {
            mail.End(Mail.Sent, reason: null, today);
            if (mail.LeavesNoTrace) db.Remove(mail);
            return null;
        }
        mail.Fail(notTaken.Message);
        if (!notTaken.ForGood && mail.Tries < options.Value.Tries) return NextTry(now, mail.Tries);

        mail.End(notTaken.ForGood ? Mail.Refused : Mail.GivenUp, notTaken.Message, today);
        return null;
    }

    /// <summary>Up to the full minute: a row that waits says no more than that about the moment it was made.</summary>
    internal static DateTime NextTry(DateTime now, int tries)
    {
        var next = now + TimeSpan.FromMinutes(Math.Min(120, Math.Pow(2, Math.Min(tries, 10) - 1)));
        return next.Ticks % TimeSpan.TicksPerMinute == 0 ? next : new DateTime(next.Ticks - (next.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).AddMinutes(1);
    }

    private static Guid IdOf(string subject) => Guid.Parse(subject, CultureInfo.InvariantCulture);

    /// <summary>Of mails that are dropped as files without Mail:From: no mail may be from nobody (RFC 5322), and whoever picks them up says in whose name.</summary>
    private const string NoSender = "no-reply@recruitment.invalid";

    private static MimeMessage Compose(Guid id, MailContent content, string named)
    {
        var from = MailboxAddress.Parse(named.Length > 0 ? named : NoSender);
        var mail = new MimeMessage { Subject = content.Subject, Body = new TextPart(TextFormat.Plain) { Text = content.Text } };
        mail.MessageId = $"{id:N}@{from.Domain}";
        mail.From.Add(from);
        mail.To.Add(MailboxAddress.TryParse(content.To, out var address) ? address : throw new MailNotTakenException("The address is none.", forGood: true));
        return mail;
    }
}
