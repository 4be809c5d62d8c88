using System.Net;
using DnsClient;
using Microsoft.Extensions.Options;

namespace Recruitment.Identity.Domains;

/// <summary>Asks the DNS for a domain's entries. What it says is kept nowhere: a proof is looked at when it is asked for.</summary>
internal sealed class DomainEntries(IOptions<SingleSignOn.SingleSignOnOptions> options)
{
    /// <summary>Null when the DNS could not be asked.</summary>
    public async Task<IReadOnlyList<string>?> TextsAt(string name, CancellationToken stop)
    {
        try
        {
            var answer = await Client().QueryAsync(name, QueryType.TXT, cancellationToken: stop);
            if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain) return null;
            return [.. answer.Answers.TxtRecords().Select(r => string.Concat(r.Text))];
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }

    private LookupClient Client()
    {
        var asked = options.Value.NameServer is { Length: > 0 } given ? new LookupClientOptions(IPEndPoint.Parse(given)) : new LookupClientOptions();
        asked.UseCache = false;
        asked.Retries = 1;
        asked.Timeout = TimeSpan.FromSeconds(5);
        return new LookupClient(asked);
    }
}
