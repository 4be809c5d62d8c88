using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Recruitment.Platform;

/// <summary>An account or a virtual host that RabbitMQ refuses stops the start. One that does not answer now is waited for: the outbox keeps what is to be sent.</summary>
internal sealed class BrokerLetsUsIn(IConfiguration configuration) : IHostedLifecycleService
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
        }
        catch (Exception refused) when (SentenceOf(refused, factory) is { } sentence)
        {
            throw new InvalidOperationException(sentence, refused);
        }
        catch (Exception notNow) when (notNow is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or OperationCanceledException or IOException or TimeoutException
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

    private static string? SentenceOf(Exception wrong, ConnectionFactory factory)
    {
        for (var cause = wrong; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationFailureException) return $"RabbitMQ refuses the account {factory.UserName} of {Setting}: its name or its password is wrong.";
            // In its words only, for the code is that of whatever was tried next. The same is said of a virtual host that is being brought back after a crash.
            if (cause is RabbitMQClientException && cause.Message.Contains("NOT_ALLOWED", StringComparison.Ordinal) && !cause.Message.Contains("is down", StringComparison.Ordinal))
                return $"RabbitMQ does not let the account {factory.UserName} of {Setting} into the virtual host {factory.VirtualHost}.";
        }
        return null;
    }
}
