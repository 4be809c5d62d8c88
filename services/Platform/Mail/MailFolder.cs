using Microsoft.Extensions.Options;
using MimeKit;

namespace Recruitment.Platform;

/// <summary>A folder of mails, as mail servers on the same machine read them.</summary>
internal sealed class MailFolder(IOptions<PlatformOptions> platform) : IMailWay
{
    public static string Of(PlatformOptions platform) => Path.Combine(platform.DataFolder, "mail");

    public async Task Send(MimeMessage mail, CancellationToken stop)
    {
        var file = Path.Combine(PrivateFolder.Make(Of(platform.Value)).FullName, $"{mail.MessageId!.Split('@')[0]}.eml");
        try
        {
            // Written aside and moved into place: nobody picks up half a mail, and the same mail twice is one file.
            await mail.WriteToAsync($"{file}.new", stop);
            File.Move($"{file}.new", file, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MailNotTakenException($"The folder for mails could not be written ({problem.GetType().Name}).", forGood: false);
        }
    }
}
