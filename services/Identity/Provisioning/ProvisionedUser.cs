namespace Recruitment.Identity.Provisioning;

/// <summary>Somebody whom an organisation's directory keeps here (SCIM 2.0, RFC 7643 section 4.1). No name is kept: the address is enough to sign in with.</summary>
internal sealed class ProvisionedUser
{
    public Guid Id { get; private init; }
    public Guid PartyId { get; private init; }
    public Guid PersonId { get; private init; }

    /// <summary>The e-mail address, as the directory writes it.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>For finding it: addresses differ in no capital letters.</summary>
    public string NormalizedUserName { get; private set; } = "";

    /// <summary>The directory's own id of the person.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>False takes every role of the person in this organisation away, the ones that people gave as well.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The roles that came from the directory, so that it takes away no others while the person is active.</summary>
    public List<string> Roles { get; private set; } = [];

    public DateTime CreatedAt { get; private init; }
    public DateTime ChangedAt { get; private set; }
    public int Version { get; private set; } = 1;

    public static ProvisionedUser New(Guid party, Guid person, UserValues values, DateTime now)
    {
        var made = new ProvisionedUser { Id = Guid.CreateVersion7(), PartyId = party, PersonId = person, IsActive = true, CreatedAt = now, ChangedAt = now };
        made.Take(values);
        return made;
    }

    public void Change(UserValues values, DateTime now)
    {
        Take(values);
        (Version, ChangedAt) = (Version + 1, now);
    }

    public void Given(IEnumerable<string> roles) => Roles = [.. roles.Order(StringComparer.Ordinal)];

    private void Take(UserValues values)
    {
        (UserName, NormalizedUserName) = (values.UserName, values.UserName.ToUpperInvariant());
        (ExternalId, IsActive) = (values.ExternalId, values.Active);
    }
}

/// <summary>What a directory says of one person and is kept.</summary>
internal sealed record UserValues(string UserName, string? ExternalId, bool Active);
