using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Platform;

/// <summary>
/// Remembers the tokens that it found right: their signature is verified once for each token and not for each request, for it is most of what the check costs. A token is remembered no longer than it lives, and
/// nothing is once the issuer's metadata were read again: a key that was retired meanwhile counts no longer than it would without.
/// </summary>
internal sealed class KnownTokens(TimeProvider time) : JsonWebTokenHandler
{
    /// <summary>Then it begins anew: only whoever has so many right tokens can fill it.</summary>
    private const int Most = 10_000;

    private sealed record Known(TokenValidationResult Result, DateTime Until);

    private sealed class Reading(BaseConfiguration? metadata)
    {
        private readonly ConcurrentDictionary<string, Known> tokens = new(StringComparer.Ordinal);
        private int added;

        public BaseConfiguration? Metadata => metadata;

        /// <summary>Counted by itself: the dictionary would take all of its locks for that, on every request.</summary>
        public bool IsFull => Volatile.Read(ref added) >= Most;

        public Known? Find(string token) => tokens.GetValueOrDefault(token);

        public void Add(string token, Known known)
        {
            tokens[token] = known;
            Interlocked.Increment(ref added);
        }
    }

    private Reading current = new(null);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        if (validationParameters.ConfigurationManager is not { } issuer) return await base.ValidateTokenAsync(token, validationParameters);

        // Before the token: what is read anew while it is checked finds it unknown.
        var reading = Of(await issuer.GetBaseConfigurationAsync(CancellationToken.None));
        if (reading.Find(token) is { } known && time.GetUtcNow().UtcDateTime < known.Until) return Copy(known.Result);

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid) reading.Add(token, new(Copy(result), result.SecurityToken.ValidTo + validationParameters.ClockSkew));
        return result;
    }

    private Reading Of(BaseConfiguration metadata)
    {
        var reading = current;
        if (!ReferenceEquals(reading.Metadata, metadata) || reading.IsFull) current = reading = new(metadata);
        return reading;
    }

    /// <summary>What one request adds to whom it knows is not the next one's.</summary>
    private static TokenValidationResult Copy(TokenValidationResult result) => new()
    {
        IsValid = true, ClaimsIdentity = result.ClaimsIdentity.Clone(), SecurityToken = result.SecurityToken, Issuer = result.Issuer, TokenType = result.TokenType,
    };
}
