using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>An organisation's wish to be told at an address of its own when something happens. Its secret is sealed; those before it, three at most, sign along for a day after a change.</summary>
internal sealed class Webhook
{
    public const int MostOpen = 10;
    public const int LongestUrl = 2000;
    private const string Prefix = "whsec_";
    private const int MostOld = 3;

    /// <summary>Since 2026-11: so long after a change of the secret those before it sign as well, so that the receiver can change in between.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public Guid Id { get; private init; }

    /// <summary>The organisation it belongs to; nobody else sees it.</summary>
    public Guid PartyId { get; private init; }
    public int Version { get; private set; } = 1;
    public string Url { get; private init; } = "";

    /// <summary>Kinds of events, separated by spaces.</summary>
    public string Events { get; private init; } = "";
    public byte[] Secret { get; private set; } = [];

    /// <summary>Those before the present one, three at most, one after the other as they are sealed, the newest last; they sign as well until a day after the last change.</summary>
    public byte[]? OldSecret { get; private set; }
    public DateTime? OldSecretUntil { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public DateTime? EndedAt { get; private set; }

    /// <summary>Since a delivery was given up, and none has arrived after that.</summary>
    public DateTime? FailingSince { get; private set; }

    public bool IsAbout(string kind) => Events.Split(' ').Contains(kind);

    /// <summary>Opens it; the secret is given out here and never again.</summary>
    public static (Webhook Opened, string Secret) Open(Guid party, string url, IEnumerable<string> events, byte[] key, DateTime now)
    {
        var id = Guid.CreateVersion7(now);
        var (secret, stored) = NewSecret(id, key);
        return (new() { Id = id, PartyId = party, Url = url, Events = string.Join(' ', events.Order(StringComparer.Ordinal)), Secret = stored, CreatedAt = now }, secret);
    }

    public string ChangeSecret(byte[] key, DateTime now)
    {
        MustBeOpen();
        // One that was asked for twice, because its answer was lost, was never the receiver's.
        var olds = OldSecret is not null && OldSecretUntil > now ? OldSecret.Chunk(Secret.Length).TakeLast(MostOld - 1) : [];
        (OldSecret, OldSecretUntil) = ([.. olds.Append(Secret).SelectMany(s => s)], now + Grace);
        (var secret, Secret) = NewSecret(Id, key);
        Version++;
        return secret;
    }

    public void End(DateTime now)
    {
        MustBeOpen();
        EndedAt = now;
        // What is over signs nothing any more.
        (Secret, OldSecret, OldSecretUntil) = ([], null, null);
        Version++;
    }

    /// <summary>The bytes that sign now: the current secret's and, for a day after it was changed, those before it.</summary>
    public IEnumerable<byte[]> Signing(byte[] key, DateTime now)
    {
        yield return AtRest.Open(key, Secret, Id.ToByteArray());
        if (OldSecret is null || OldSecretUntil <= now) yield break;
        foreach (var old in OldSecret.Chunk(Secret.Length)) yield return AtRest.Open(key, old, Id.ToByteArray());
    }

    public void Arrived() => FailingSince = null;

    public void GaveUp(DateTime now) => FailingSince ??= now;

    private void MustBeOpen()
    {
        if (EndedAt is not null) throw new BrokenRuleException("webhook-ended", "This webhook has ended. Make a new one.");
    }

    private static (string Given, byte[] Stored) NewSecret(Guid id, byte[] key)
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return (Prefix + Convert.ToBase64String(bytes), AtRest.Seal(key, bytes, id.ToByteArray()));
    }
}

/// <summary>One event on its way to one webhook. What it says are ids and states, nothing about people.</summary>
internal sealed class WebhookDelivery
{
    public const string Waiting = "waiting", Arrived = "arrived", GivenUp = "given_up";

    public Guid Id { get; init; }

    /// <summary>The receiver's <c>webhook-id</c>: the same at every try, so that it can tell a second one.</summary>
    public string MessageId => $"msg_{Id:N}";
    public Guid WebhookId { get; init; }
    public string Kind { get; init; } = "";
    public string Payload { get; init; } = "";
    public DateTime HappenedAt { get; init; }
    public string State { get; set; } = Waiting;

    /// <summary>Since it was last asked for.</summary>
    public int Tries { get; set; }
}

/// <summary>One try, for the log that its owner reads.</summary>
internal sealed class WebhookTry
{
    public Guid Id { get; init; }
    public Guid DeliveryId { get; init; }
    public DateTime At { get; init; }

    /// <summary>What the receiver answered; null when it did not.</summary>
    public int? StatusCode { get; init; }
    public int Milliseconds { get; init; }

    /// <summary>Why there was no answer, in our own words.</summary>
    public string? Problem { get; init; }
}

public static class Webhooks
{
    /// <summary>The tables behind <see cref="WebhookRoutes.AddWebhooks"/>.</summary>
    public static void KeepWebhooks(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Webhook>(webhook =>
        {
            webhook.ToTable("Webhooks").HasKey(w => w.Id);
            webhook.Property(w => w.Id).ValueGeneratedNever();
            webhook.Property(w => w.Version).IsConcurrencyToken();
            webhook.HasIndex(w => new { w.PartyId, w.EndedAt });
        });
        model.Entity<WebhookDelivery>(delivery =>
        {
            delivery.ToTable("WebhookDeliveries").HasKey(d => d.Id);
            delivery.Property(d => d.Id).ValueGeneratedNever();
            delivery.HasIndex(d => new { d.WebhookId, d.Id });
            delivery.HasIndex(d => d.HappenedAt);
            delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId);
        });
        model.Entity<WebhookTry>(one =>
        {
            one.ToTable("WebhookTries").HasKey(t => t.Id);
            one.Property(t => t.Id).ValueGeneratedNever();
            one.HasIndex(t => t.DeliveryId);
            one.HasOne<WebhookDelivery>().WithMany().HasForeignKey(t => t.DeliveryId);
        });
    }
}
