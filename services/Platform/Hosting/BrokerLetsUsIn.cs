using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Recruitment.Platform;

/// <summary>An account or a virtual host that RabbitMQ refuses stops the start, and so does the account of another service. A broker that does not answer now is waited for: the outbox keeps what is to be sent.</summary>
internal sealed class BrokerLetsUsIn(IConfiguration configuration, IEnumerable<Subscriptions> subscriptions, IEnumerable<DatabaseName> databases) : IHostedLifecycleService
{
    private const string Setting = "ConnectionStrings:rabbitmq";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Known before anything connects.</summary>
    public static void Check(string? broker)
    {
        if (string.IsNullOrEmpty(broker)) return;
        if (!Uri.TryCreate(broker, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps" or "rabbitmq" or "rabbitmqs") || address.Host.Length == 0)
            throw new InvalidOperationException($"{Setting} is no address of a RabbitMQ: write amqp://ACCOUNT:PASSWORD@HOST:PORT/VIRTUAL-HOST.");
    }

    /// <summary>With the scheme that the broker's own library knows. Only the scheme: a host is often called rabbitmq as well, and so may be a part of a password.</summary>
    public static Uri Address(string broker) => new(broker.StartsWith("rabbitmq", StringComparison.OrdinalIgnoreCase) ? "amqp" + broker["rabbitmq".Length..] : broker);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("rabbitmq") is not { Length: > 0 } broker) return;

        var factory = new ConnectionFactory
        {
            Uri = Address(broker), AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = Patience, ContinuationTimeout = Patience,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var connection = await factory.CreateConnectionAsync(patience.Token);
            // A connection counts as made before the broker has looked at the virtual host; a channel does not.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: patience.Token);
            // The bus would try for ever what is refused, and say it to nobody.
            foreach (var queue in subscriptions.SelectMany(s => s.All).Select(s => s.Queue)) await Declare(channel, queue, patience.Token);
            foreach (var happened in databases.SelectMany(d => OutboxRows.EventsOf(d.Name))) await MayPublish(connection, $"{happened.Namespace}:{happened.Name}", patience.Token);
        }
        catch (Exception refused) when (SentenceOf(refused, factory) is { } sentence)
        {
            throw new InvalidOperationException(sentence, refused);
        }
        catch (Exception notNow) when (notNow is BrokerUnreachableException or PublishException or OperationInterruptedException or AlreadyClosedException or OperationCanceledException or IOException or TimeoutException
            && !cancellationToken.IsCancellationRequested)
        {
            // Away, not wrong.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>As the bus does a moment later.</summary>
    private static Task Declare(IChannel channel, string exchange, CancellationToken stop) => channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: stop);

    /// <summary>Hearers may declare what they hear, so writing is tried too: a message that ends at a time that is none is refused after the account's right was looked at, and goes nowhere.</summary>
    private static async Task MayPublish(IConnection connection, string exchange, CancellationToken stop)
    {
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stop);
        await Declare(channel, exchange, stop);
        try
        {
            await channel.BasicPublishAsync(exchange, "", mandatory: false, new BasicProperties { Expiration = "at no time" }, ReadOnlyMemory<byte>.Empty, stop);
        }
        catch (Exception refused) when (refused is PublishException or OperationInterruptedException or AlreadyClosedException && channel.CloseReason is { } reason)
        {
            if (reason.ReplyCode != Constants.PreconditionFailed) throw new OperationInterruptedException(reason);
        }
    }

    private static string? SentenceOf(Exception wrong, ConnectionFactory factory)
    {
        for (var cause = wrong; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationFailureException) return $"RabbitMQ refuses the account {factory.UserName} of {Setting}: its name or its password is wrong.";
            // In its words only, for the code is that of whatever was tried next. The same is said of a virtual host that is being brought back after a crash.
            if (cause is RabbitMQClientException && cause.Message.Contains("NOT_ALLOWED", StringComparison.Ordinal) && !cause.Message.Contains("is down", StringComparison.Ordinal))
                return $"RabbitMQ does not let the account {factory.UserName} of {Setting} into the virtual host {factory.VirtualHost}.";
            if (cause is RabbitMQClientException && cause.Message.Contains("ACCESS_REFUSED", StringComparison.Ordinal))
                return $"RabbitMQ does not give the account {factory.UserName} of {Setting} what this service needs there: it is another service's, or its rights are not those that services/accounts gives.";
        }
        return null;
    }
}
