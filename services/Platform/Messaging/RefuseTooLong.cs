using System.Globalization;
using System.Security.Cryptography;
using MassTransit;

namespace Recruitment.Platform;

/// <summary>Before anything reads a message: one that is longer than any event of ours becomes a dead letter of its beginning, its length and its hash, and is dealt with.</summary>
internal sealed class RefuseTooLong(IServiceProvider services, Subscription addressee) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if ((context.Body.Length ?? 0) <= SizeLimits.Message)
        {
            await next.Send(context);
            return;
        }
        var id = context.GetMessageId();
        var beginning = new byte[DeadLetter.MostOfTooLong];
        await using (var body = context.Body.GetStream()) await body.ReadExactlyAsync(beginning, context.CancellationToken);
        await using var all = context.Body.GetStream();
        var hash = Convert.ToHexString(await SHA256.HashDataAsync(all, context.CancellationToken));
        var length = context.Body.Length!.Value.ToString(CultureInfo.InvariantCulture);
        await addressee.Keep(services, id, now => DeadLetter.OfTooLong(id, addressee.Consumer, beginning, length, hash, now), BadMessageException.TooLong, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("refuseTooLong");
}
