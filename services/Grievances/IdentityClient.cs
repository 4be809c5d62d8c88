namespace Recruitment.Grievances;

/// <summary>What this service asks Identity for: whether those who hold keys are still case handlers.</summary>
internal sealed class IdentityClient(HttpClient http)
{
    private sealed record Holders(IReadOnlyList<string> Subjects);

    /// <summary>Those among them who have the role now.</summary>
    public async Task<IReadOnlySet<string>> StillHandlers(IReadOnlyList<string> subjects, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync("api/v1/identity/holders", new { role = Roles.CaseHandler, subjects }, stop);
        answer.EnsureSuccessStatusCode();
        var found = await answer.Content.ReadFromJsonAsync<Holders>(stop) ?? throw new InvalidOperationException("Identity's answer is empty.");
        return found.Subjects.ToHashSet(StringComparer.Ordinal);
    }
}
