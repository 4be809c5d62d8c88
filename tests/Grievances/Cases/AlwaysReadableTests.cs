using System.Security.Cryptography;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Readers;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>Whatever is named, bought, handed over and shared, and whoever leaves and comes back, in whatever order: somebody can always open all of a case, or pass all its keys on.</summary>
public sealed class AlwaysReadableTests
{
    private static readonly string[] Parties = ["agent", "factory", "holding", "operator"];
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void No_order_of_events_leaves_a_case_that_nobody_can_open()
    {
        var waited = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var story = new Story(seed);
            for (var step = 0; step < 12; step++)
            {
                story.Next();
                story.HoldsTrue();
            }
            if (!story.Waits) continue;
            waited++;
            story.PassOnToSomebodyIndependent();
            story.HoldsTrue();
            Assert.False(story.Waits, $"seed {seed}: passed on, and still nobody opens it");
        }
        Assert.True(waited > 20, $"only {waited} stories came to the point where all readers are bound");
    }

    private sealed class Story
    {
        private readonly Random random;
        private readonly CaseWrapping wrapping = new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32));
        private readonly List<(Reader Reader, byte[] PrivateKey)> people = [];
        private readonly Grievance grievance;
        private readonly int seed;

        public Story(int seed)
        {
            (this.seed, random) = (seed, new Random(seed));
            Register();
            Register();
            grievance = Grievance.File(new("lookup", Hpke.NewKeyPair().PublicKey, "my", "hash", false), new Told { Text = "told" }, Readers, wrapping, Today, new());
        }

        public bool Waits => !people.Any(p => grievance.MayRead(p.Reader) && OpensAll(p));

        private List<Reader> Readers => [.. people.Select(p => p.Reader)];

        public void Next()
        {
            var (reader, privateKey) = people[random.Next(people.Count)];
            try
            {
                switch (random.Next(6))
                {
                    case 0: Register(); break;
                    case 1 when grievance.MayRead(reader): grievance.Name(Parties[random.Next(Parties.Length)], Some(), Readers, wrapping); break;
                    case 2 when grievance.IsNamed: grievance.Widen(Some(), Readers, wrapping); break;
                    case 3 when grievance.MayRead(reader) && Holds(reader): grievance.HandOver(reader, Readers, wrapping); break;
                    case 4: EndOrGiveBack(reader); break;
                    default: Share(reader, privateKey); break;
                }
            }
            catch (BrokenRuleException)
            {
                // Refused with a sentence: then nothing may have changed, which is looked at next.
            }
            grievance.WriteAgain(Guid.NewGuid(), "more", Today, new());
        }

        public void HoldsTrue()
        {
            var free = people.Any(p => grievance.MayRead(p.Reader) && OpensAll(p));
            Assert.True(free || people.Any(p => grievance.MayPassOn(p.Reader, Readers) && OpensAll(p)), $"seed {seed}: nobody can open the case");
            Assert.False(free && people.Any(p => !grievance.MayRead(p.Reader) && Holds(p.Reader)), $"seed {seed}: a reader in conflict, or gone, kept a key for nothing");
        }

        public void PassOnToSomebodyIndependent()
        {
            var away = people.First(p => grievance.MayPassOn(p.Reader, Readers)).Reader;
            if (away.HasLeft) EndOrGiveBack(away);
            if (!Waits) return;
            var keys = Hpke.NewKeyPair();
            people.Add((Reader.Register("independent", keys.PublicKey, "", null, ["nobody"]), keys.PrivateKey));
            var keeper = people.First(p => grievance.MayPassOn(p.Reader, Readers));
            foreach (var copy in grievance.Keys.Where(k => k.ReaderId == keeper.Reader.Id).OrderBy(k => k.Generation).ToList()) Give(copy, keeper.PrivateKey, people[^1].Reader);
        }

        private void Register()
        {
            var keys = Hpke.NewKeyPair();
            people.Add((Reader.Register($"{people.Count}", keys.PublicKey, "", null, Some()), keys.PrivateKey));
        }

        private void EndOrGiveBack(Reader reader)
        {
            reader.Confirm(stillHandler: reader.HasLeft);
            grievance.DropWhoLeft(Readers, wrapping);
        }

        private void Share(Reader reader, byte[] privateKey)
        {
            if (!grievance.MayRead(reader) && !grievance.MayPassOn(reader, Readers)) return;
            var other = people[random.Next(people.Count)].Reader;
            foreach (var copy in grievance.Keys.Where(k => k.ReaderId == reader.Id).OrderBy(k => k.Generation).ToList()) Give(copy, privateKey, other);
        }

        private void Give(CaseKey copy, byte[] privateKey, Reader to) => grievance.Share(to, copy.Generation,
            Hpke.Seal(to.PublicKey, Sealing.CaseKeyInfo, Sealing.Of(grievance.Id), Opened(copy, privateKey)), Readers, wrapping);

        private byte[] Opened(CaseKey copy, byte[] privateKey) => Hpke.Open(privateKey, Sealing.CaseKeyInfo, Sealing.Of(grievance.Id), wrapping.Unwrap(copy.Sealed));

        /// <summary>Really opens every message, with her own private key alone.</summary>
        private bool OpensAll((Reader Reader, byte[] PrivateKey) person)
        {
            var keys = grievance.Keys.Where(k => k.ReaderId == person.Reader.Id).ToDictionary(k => k.Generation, k => Opened(k, person.PrivateKey));
            if (!grievance.Messages.All(m => keys.ContainsKey(m.Generation))) return false;
            foreach (var message in grievance.Messages) Hpke.Open(keys[message.Generation], Sealing.MessageInfo, Sealing.Of(grievance.Id), message.SealedForCase);
            return true;
        }

        private bool Holds(Reader reader) => grievance.Keys.Any(k => k.ReaderId == reader.Id);

        private List<string> Some() => [.. Parties.Where(_ => random.Next(3) == 0).DefaultIfEmpty(Parties[random.Next(Parties.Length)])];
    }
}
