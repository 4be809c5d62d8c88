using System.Net;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Tests;

/// <summary>A reader with a slow line sends as long as she needs; a service that says nothing is not waited for for ever.</summary>
public sealed class AnswersInTimeTests
{
    private static readonly Uri Where = new("http://service.example/api");

    [Fact]
    public async Task What_a_reader_sends_may_take_longer_than_an_answer()
    {
        using var http = Asking(new Service(async (request, stop) =>
        {
            await request.Content!.CopyToAsync(Stream.Null, stop);
            return new(HttpStatusCode.Created);
        }));
        using var content = new StreamContent(new SlowLine());

        using var answer = await http.PostAsync(Where, content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_does_not_come_or_breaks_off_without_a_word_is_given_up(bool begins)
    {
        using var http = Asking(new Service(async (_, stop) =>
        {
            if (!begins) await Task.Delay(Timeout.Infinite, stop);
            return new(HttpStatusCode.OK) { Content = new StreamContent(new Silence()) };
        }));

        var givenUp = await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetAsync(Where, TestContext.Current.CancellationToken));

        Assert.IsType<TimeoutException>(givenUp.InnerException);
    }

    [Fact]
    public async Task A_reader_who_goes_away_is_no_service_that_is_away()
    {
        using var reader = new CancellationTokenSource();
        using var http = Asking(new Service(async (_, stop) =>
        {
            await reader.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
            return new(HttpStatusCode.OK);
        }));

        Assert.IsNotType<TimeoutException>((await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync(Where, reader.Token))).InnerException);
    }

    [Fact]
    public async Task What_is_handed_through_is_waited_for_until_it_begins()
    {
        using var http = Asking(new Service((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new SlowLine()) })));
        using var request = AnswersInTime.Streamed(Where);

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(SlowLine.Pieces, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    private static HttpClient Asking(Service service) =>
        new(new AnswersInTime(TimeSpan.FromMilliseconds(150)) { InnerHandler = service }) { Timeout = Timeout.InfiniteTimeSpan };

    private sealed class Service(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }

    /// <summary>Takes several times as long as an answer may.</summary>
    private sealed class SlowLine : Piecemeal
    {
        public const int Pieces = 6;
        private int sent;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (sent++ == Pieces) return 0;
            await Task.Delay(100, cancellationToken);
            buffer.Span[0] = 1;
            return 1;
        }
    }

    private sealed class Silence : Piecemeal
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private abstract class Piecemeal : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
