using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>The grievances service: for workers as nobody, for case handlers with their own token. Only sealed text passes for the latter.</summary>
public sealed class GrievancesClient(HttpClient http)
{
    /// <remarks>IsAway: it could not be asked, so whether it is open is not known.</remarks>
    public sealed record Intake(bool Open, string? Reason, bool Demonstration, string? Begun, int? CountedTogether = null, bool IsAway = false);

    public sealed record Entry(string Kind, Guid Id, string Name, string? FoundAs = null)
    {
        /// <summary>With the earlier name that was searched for, where it has another by now.</summary>
        public string Shown => FoundAs is null ? Name : $"{Name} ({FoundAs})";
    }

    public sealed record About(string Kind, Guid? Id, string Name);

    public sealed record Filing(string Receipt, string Language, bool? SafeNow, bool? Under18, About? About, string? Topic, string? Text, string? HandlerWish, string? InterpreterWish,
        bool ActWithoutName, bool ReferToHelp, bool UseAnonymisedForStats, int? CountedTogether, string? Begun, Guid? FormId);

    public sealed record Mailbox(string Status, string? LastReply, DateOnly? RepliedOn, DateOnly ReturnOn, bool AgreedToCount);

    public sealed record Case(Guid Id, string Severity, string Language, DateOnly FiledOn, DateOnly NextClock, bool Overdue, string Status, bool AccusedNamed, bool MailboxLocked, bool Parked);

    public sealed record CasePage(IReadOnlyList<Case> Items, string? Next, int InDanger, int InDangerInFlood, int Overdue, Case? First, IReadOnlyList<Guid> ToPassOn)
    {
        public static CasePage Empty { get; } = new([], null, 0, 0, 0, null, []);
    }

    /// <remarks>HoldsAlone: nobody else who is still here can open some case.</remarks>
    public sealed record Reader(Guid Id, string Subject, bool Intake, bool HasLeft, bool HoldsAlone);

    private sealed record ReaderPage(IReadOnlyList<Reader> Items, Guid? Next);

    private sealed record Made(string Receipt);

    /// <summary>How a receipt is wrong: a digit, by its own check, or it opens nothing.</summary>
    public const string Mistyped = "mistyped", Unknown = "unknown";

    private sealed record Problem(string? Type);

    private sealed record Filed(DateOnly ReturnOn);

    public async Task<Intake> GetIntake(CancellationToken stop) => (await http.GetFromJsonAsync<Intake>(At("intake"), stop))!;

    public async Task<string> MakeReceipt(CancellationToken stop)
    {
        using var answer = await http.PostAsync(At("receipts"), null, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Made>(stop))!.Receipt;
    }

    public async Task<IReadOnlyList<Entry>> Search(string query, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(At("directory"), new { query }, stop);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Entry>>(stop))! : [];
    }

    /// <summary>The day to come back; null when another report stands under the receipt. Throws when it did not arrive, so that the worker can send again.</summary>
    public async Task<DateOnly?> File(Filing filing, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(At(""), filing, stop);
        if (answer.StatusCode == HttpStatusCode.Conflict && (await answer.Content.ReadFromJsonAsync<Problem>(stop))?.Type == "urn:recruitment:receipt-used") return null;
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Filed>(stop))!.ReturnOn;
    }

    /// <summary>The mailbox, or mistyped or unknown.</summary>
    public async Task<(Mailbox? Found, string? Wrong)> Open(string? receipt, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(At("mailbox"), new { receipt = Typed(receipt) }, stop);
        return await Wrong(answer, stop) is { } wrong ? (null, wrong) : (await answer.Content.ReadFromJsonAsync<Mailbox>(stop), null);
    }

    public async Task<string?> WriteAgain(string? receipt, Guid messageId, string text, CancellationToken stop)
    {
        using var answer = await Message(receipt, messageId, text, stop);
        if (answer.StatusCode != HttpStatusCode.Conflict) return await Wrong(answer, stop);

        // A form sent a second time with other words: the first words arrived, and these are a message of their own, the same one however often it is sent.
        using var other = await Message(receipt, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{messageId}\n{text}")).AsSpan(0, 16)), text, stop);
        return await Wrong(other, stop);
    }

    private Task<HttpResponseMessage> Message(string? receipt, Guid messageId, string text, CancellationToken stop) =>
        http.PostAsJsonAsync(At("mailbox/messages"), new { receipt = Typed(receipt), messageId, text }, stop);

    public Task<string?> Lock(string? receipt, CancellationToken stop) => Do("mailbox/lock", receipt, stop);

    public Task<string?> Withdraw(string? receipt, CancellationToken stop) => Do("mailbox/withdrawal", receipt, stop);

    public Task<string?> Delete(string? receipt, CancellationToken stop) => Do("mailbox/deletion", receipt, stop);

    public async Task<CasePage> List(string? cursor, CancellationToken stop) =>
        (await http.GetFromJsonAsync<CasePage>(At(string.IsNullOrEmpty(cursor) ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"), stop))!;

    /// <summary>Of all pages.</summary>
    public async Task<IReadOnlyList<Reader>> Readers(CancellationToken stop)
    {
        var readers = new List<Reader>();
        Guid? cursor = null;
        do
        {
            var page = (await http.GetFromJsonAsync<ReaderPage>(At(cursor is null ? "readers" : $"readers?cursor={cursor}"), stop))!;
            readers.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return readers;
    }

    /// <summary>False when there is no such reader.</summary>
    public async Task<bool> AssignIntake(Guid reader, bool intake, CancellationToken stop)
    {
        using var answer = await http.PutAsJsonAsync(At($"readers/{reader}/intake"), new { intake }, stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Passes a request of the handler's browser on, as it is: everything in it is sealed, wrapped or a judgement.</summary>
    public async Task<(HttpStatusCode Status, JsonElement? Body)> Pass(HttpMethod method, string path, JsonElement? body, int? version, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, At(path));
        if (version is { } read) request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{read}\""));
        if (body is { } content) request.Content = JsonContent.Create(content);
        using var answer = await http.SendAsync(request, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return (answer.StatusCode, text.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private async Task<string?> Do(string path, string? receipt, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(At(path), new { receipt = Typed(receipt) }, stop);
        return await Wrong(answer, stop);
    }

    /// <summary>By what the service itself says, and by nothing else: whatever stands between may answer 404 as well, and she would believe that nobody can open it any more.</summary>
    private static async Task<string?> Wrong(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound && answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            switch ((await answer.Content.ReadFromJsonAsync<Problem>(stop))?.Type)
            {
                case "urn:recruitment:receipt-mistyped": return Mistyped;
                case "urn:recruitment:receipt-unknown": return Unknown;
            }
        }
        answer.EnsureSuccessStatusCode();
        return null;
    }

    private static string Typed(string? receipt) => string.IsNullOrWhiteSpace(receipt) ? "0" : receipt;

    private static Uri At(string path) => new(path.Length == 0 || path[0] == '?' ? $"api/v1/grievances{path}" : $"api/v1/grievances/{path}", UriKind.Relative);
}
