namespace Recruitment.Platform;

/// <summary>Something that is needed cannot be reached or written at this moment, and nothing was done: 503. The message is for the log.</summary>
public sealed class AwayException : Exception
{
    public AwayException()
    {
    }

    public AwayException(string message)
        : base(message)
    {
    }

    public AwayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
