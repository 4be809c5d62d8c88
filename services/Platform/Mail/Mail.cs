using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>What is sent, to whom. Only ever in memory or sealed.</summary>
internal sealed record MailContent(string To, string Subject, string Text);

/// <summary>A mail and how it stands. Its address and words are sealed while it waits and gone afterwards, however it ended.</summary>
internal sealed class Mail
{
    public const string Waiting = "waiting", Sent = "sent", Refused = "refused", GivenUp = "given_up";

    /// <summary>Random; the mail's Message-ID is made of it, so that a second try is recognised as the same mail.</summary>
    public Guid Id { get; private init; }

    /// <summary>Content under a key that is not in the database; null once it has ended.</summary>
    public byte[]? Sealed { get; private set; }
    public string State { get; private set; } = Waiting;

    /// <summary>How often it was tried in vain.</summary>
    public int Tries { get; private set; }

    /// <summary>A day, never a time: when it ended.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>What the server gave as its number, and what that number means. Not its sentence, which may name somebody.</summary>
    public string? Reason { get; private set; }

    /// <summary>Once sent, nothing says that there was such a mail.</summary>
    public bool LeavesNoTrace { get; private init; }

    public static Mail Of(MailContent content, bool leavesNoTrace, byte[] key)
    {
        var id = RandomId.New();
        return new() { Id = id, Sealed = AtRest.Seal(key, JsonSerializer.SerializeToUtf8Bytes(content), id.ToByteArray()), LeavesNoTrace = leavesNoTrace };
    }

    public MailContent Open(byte[] key) => JsonSerializer.Deserialize<MailContent>(AtRest.Open(key, Sealed!, Id.ToByteArray()))!;

    public void End(string state, string? reason, DateOnly day) => (State, Reason, EndedOn, Sealed) = (state, reason, day, null);

    /// <summary>Not this time; the reason of the last try is shown while it waits.</summary>
    public void Fail(string reason) => (Tries, Reason) = (Tries + 1, reason);
}

/// <summary>Why a mail was not taken.</summary>
internal sealed class MailNotTakenException(string reason, bool forGood) : Exception(reason)
{
    /// <summary>The server will never take this mail to this address.</summary>
    public bool ForGood => forGood;
}

public static class Mails
{
    /// <summary>The table behind <see cref="Outgoing.SendMail"/>.</summary>
    public static void KeepMails(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Mail>(mail =>
        {
            mail.ToTable("Mails").HasKey(m => m.Id);
            mail.Property(m => m.Id).ValueGeneratedNever();
        });
    }
}
