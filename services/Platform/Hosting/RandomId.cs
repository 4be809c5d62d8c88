namespace Recruitment.Platform;

/// <summary>Identifiers for whatever a worker's act creates: random, so that no order of arrival can be read from them.</summary>
public static class RandomId
{
#pragma warning disable RS0030 // The one place where a version 4 id is wanted: a version 7 id is a timestamp.
    public static Guid New() => Guid.NewGuid();
#pragma warning restore RS0030
}
