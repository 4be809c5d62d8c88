namespace Recruitment.Identity.Provisioning;

/// <summary>A group of an organisation's directory (RFC 7643 section 4.2). Which role its members get is said by the organisation here, never by the directory.</summary>
internal sealed class ProvisionedGroup
{
    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }
    public string DisplayName { get; private set; } = "";
    public string? ExternalId { get; private set; }
    public List<ProvisionedGroupMember> Members { get; } = [];
    public DateTime CreatedAt { get; private init; }
    public DateTime ChangedAt { get; private set; }
    public int Version { get; private set; } = 1;

    public static ProvisionedGroup New(Guid party, GroupValues values, DateTime now)
    {
        var made = new ProvisionedGroup { Id = Guid.CreateVersion7(), PartyId = party, CreatedAt = now, ChangedAt = now };
        made.Take(values);
        return made;
    }

    public void Change(GroupValues values, DateTime now)
    {
        Take(values);
        (Version, ChangedAt) = (Version + 1, now);
    }

    private void Take(GroupValues values)
    {
        (DisplayName, ExternalId) = (values.DisplayName, values.ExternalId);
        Members.RemoveAll(m => !values.Members.Contains(m.UserId));
        foreach (var user in values.Members.Where(u => !Members.Any(m => m.UserId == u))) Members.Add(new ProvisionedGroupMember { GroupId = Id, UserId = user });
    }
}

internal sealed class ProvisionedGroupMember
{
    public Guid GroupId { get; init; }

    /// <summary>The id of a <see cref="ProvisionedUser"/> of the same organisation.</summary>
    public Guid UserId { get; init; }
}

/// <summary>What a directory says of one group and is kept.</summary>
internal sealed record GroupValues(string DisplayName, string? ExternalId, IReadOnlySet<Guid> Members);
