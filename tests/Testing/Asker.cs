namespace Recruitment.Testing;

/// <summary>Somebody who asks for a thing: how his organisation stands to it (own, shared, or what a test calls it), and what his token says.</summary>
/// <remarks>A subject of a machine begins with <c>client:</c>; only then the scope counts.</remarks>
public sealed record Asker(string Standing, string Role, string Kind, Guid? Party, string? Subject = null, string Scope = "api")
{
    /// <summary>His token, as the issuer writes it; the audience makes a wrong one.</summary>
    public string Token(TestIssuer issuer, string audience = "recruitment-api") =>
        issuer.Token(Role.Length == 0 ? [] : [Role], Party, Kind, Subject ?? (Kind.Length == 0 && Role.Length > 0 ? "client:service" : $"{Guid.CreateVersion7()}"), audience, scope: Scope);
}

/// <summary>A thing that a test has made, where one endpoint finds it.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Path">Makes the thing, or says where it lies.</param>
/// <param name="Askers">Whose it is and who else may have it; strangers come by themselves.</param>
/// <param name="Body">What is sent: an object, or a function that makes the content.</param>
/// <param name="Version">For endpoints that ask which version was read.</param>
/// <param name="Shows">What an answer with the thing in it contains: for endpoints that answer everybody, with more or less in it.</param>
public sealed record Arranged(string Endpoint, Func<Task<string>> Path, IReadOnlyList<Asker> Askers, object? Body = null, int? Version = null, string? Shows = null)
{
    public Arranged(string endpoint, string path, IReadOnlyList<Asker> askers, object? body = null, int? version = null, string? shows = null)
        : this(endpoint, () => Task.FromResult(path), askers, body, version, shows)
    {
    }
}
