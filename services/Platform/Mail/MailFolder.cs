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
            // Written aside and moved into place: nobody picks up half a mail, and the same mail twice is one file. On disk before it counts as sent: a power cut
            // would leave an empty file, and nobody would hear that somebody is in danger.
            await using (var written = new FileStream($"{file}.new", FileMode.Create))
            {
                await mail.WriteToAsync(written, stop);
                written.Flush(flushToDisk: true);
            }
            DurableFile.Replace($"{file}.new", file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MailNotTakenException($"The folder for mails could not be written ({problem.GetType().Name}).", forGood: false);
        }
    }
}
