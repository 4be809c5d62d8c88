using Microsoft.AspNetCore.Mvc;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Workers;

/// <summary>Coming back with the code: the last answer, writing again, taking a consent back, or closing the mailbox to whoever else has the code.</summary>
[RequestFormLimits(ValueLengthLimit = 256 << 10)]
public sealed class OpenModel(GrievancesClient grievances) : WorkerPage(grievances)
{
    public GrievancesClient.Mailbox? Mailbox { get; private set; }

    public string Code => Request.HasFormContentType ? Request.Form["code"].ToString() : "";

    /// <summary>The key of what happened or went wrong.</summary>
    public string? Said { get; private set; }

    public bool Locked { get; private set; }

    /// <summary>Asked once more before it is deleted, then deleted.</summary>
    public bool Asking { get; private set; }

    public bool Deleted { get; private set; }

    /// <summary>It was asked to be deleted when nothing could be opened any more: the button was pressed twice, or the first answer was lost. The service tells nobody a deleted case from a locked one.</summary>
    public bool WasGone { get; private set; }

    /// <summary>What she asked for and no answer came to, so that she can ask for the same again.</summary>
    public string? NotAnswered { get; private set; }

    /// <summary>Not lost when it could not be sent.</summary>
    public string? Unsent { get; private set; }

    /// <summary>Made with the page, so that a message sent twice is one message.</summary>
    public Guid MessageId { get; private set; } = RandomId.New();

    public static void OnGet()
    {
    }

    public async Task OnPostAsync(CancellationToken stop)
    {
        var text = Typed("text");
        var go = Request.Form["go"].ToString();
        // Whatever else she presses, what she had begun to write stays in its field.
        if (go != "write" && text.Length > 0) Keep(text);
        try
        {
            var wrong = go switch
            {
                "write" when text.Length is > 0 and <= SizeLimits.GrievanceText => await Write(text, stop),
                "write" => Refuse(text),
                "lock" => await Lock(stop),
                "withdraw" => await Withdraw(stop),
                "delete-yes" => await Delete(stop),
                _ => null,
            };
            if (wrong is null && !Locked && !Deleted) (Mailbox, wrong) = await Grievances.Open(Code, stop);
            if (wrong is not null) Said = $"return.{wrong}";
            // Only whoever can open it is asked, so that a mistyped code is said first.
            Asking = Mailbox is not null && go == "delete";
        }
        catch (Exception problem) when (IsAway(problem, stop))
        {
            Said = go switch { "delete-yes" => "error.delete", "lock" => "error.lock", "withdraw" => "error.withdraw", _ => "error.trouble" };
            if (go is "write" or "lock" or "withdraw" or "delete" or "delete-yes") NotAnswered = go;
            Keep(text);
        }
    }

    private void Keep(string text)
    {
        Unsent = text;
        if (Guid.TryParse(Request.Form["message"], out var same) && same != Guid.Empty) MessageId = same;
    }

    private async Task<string?> Write(string text, CancellationToken stop)
    {
        var message = Guid.TryParse(Request.Form["message"], out var given) && given != Guid.Empty ? given : MessageId;
        var wrong = await Grievances.WriteAgain(Code, message, text, stop);
        if (wrong is null) Said = "mailbox.written";
        else Keep(text);
        return wrong;
    }

    private string? Refuse(string text)
    {
        (Said, Unsent) = (text.Length == 0 ? "story.needed" : "story.long", text);
        return null;
    }

    private async Task<string?> Lock(CancellationToken stop)
    {
        // The button stands on an opened report alone: one that is not found any more is closed already.
        var wrong = await Grievances.Lock(Code, stop);
        Locked = wrong is null or GrievancesClient.Unknown;
        return Locked ? null : wrong;
    }

    private async Task<string?> Delete(CancellationToken stop)
    {
        var wrong = await Grievances.Delete(Code, stop);
        WasGone = wrong is GrievancesClient.Unknown;
        Deleted = wrong is null || WasGone;
        return Deleted ? null : wrong;
    }

    private async Task<string?> Withdraw(CancellationToken stop)
    {
        var wrong = await Grievances.Withdraw(Code, stop);
        if (wrong is null) Said = "mailbox.withdrawn";
        return wrong;
    }
}
