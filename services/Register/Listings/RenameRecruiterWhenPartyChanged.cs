using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Register.Listings;

/// <summary>A recruiter goes by the newest name that Suppliers knows; one without a public status stays unseen.</summary>
internal sealed class RenameRecruiterWhenPartyChanged(RegisterDb db) : IConsumes<PartyChanged>
{
    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        if (happened.Kind != PartyKinds.Recruiter) return;

        var recruiter = await db.RecruiterToChange(happened.PartyId, stop);
        recruiter.Call(happened.Name, happened.Country);
        recruiter.IsNamedByOwner = true;
        await db.Index(recruiter, stop);
    }
}
