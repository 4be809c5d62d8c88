// Two relying parties that others wrote and certified, openid-client and oauth4webapi, against our issuer: what must work, and what must be refused with which error.
import assert from 'node:assert/strict';
import * as openid from 'openid-client';
import * as oauth from 'oauth4webapi';

const { ISSUER, WEB_SECRET, EMAIL, PASSWORD, CLIENT, CLIENT_SECRET, SIGNER, SIGNER_KEY } = process.env;
const issuer = new URL(ISSUER);
const redirect_uri = new URL('sign-in/callback', issuer).href;
const insecure = { [oauth.allowInsecureRequests]: true };

/** A browser: keeps cookies, sends forms, and stops where it would leave the issuer's pages. */
function browser() {
  const cookies = new Map();
  const go = async (url, form) => {
    const answer = await fetch(url, {
      redirect: 'manual', method: form ? 'POST' : 'GET', body: form && new URLSearchParams(form),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split(/=(.*)/s);
      cookies.set(name, value);
    }
    return answer;
  };
  return {
    async signIn(url) {
      let answer = await go(url);
      for (let i = 0; i < 6; i++) {
        if (answer.status === 200) {
          const hidden = (await answer.text()).match(/name="__RequestVerificationToken"[^>]*value="([^"]+)"/)[1];
          answer = await go(url, { email: EMAIL, password: PASSWORD, __RequestVerificationToken: hidden });
          continue;
        }
        url = new URL(answer.headers.get('location'), url);
        if (url.href.startsWith(redirect_uri)) return url;
        answer = await go(url);
      }
      throw new Error(`The sign-in leads nowhere: ${answer.status} ${url}`);
    },
  };
}

async function refused(promise, error, status) {
  const problem = await promise.then(() => { throw new Error('It was accepted.'); }, p => p);
  assert.equal(problem.error ?? problem.cause?.[0]?.parameters?.error ?? problem.message, error);
  if (status) assert.equal(problem.status, status);
}

const config = await openid.discovery(issuer, 'web', WEB_SECRET, undefined, { execute: [openid.allowInsecureRequests] });

async function ask(more = {}) {
  const verifier = openid.randomPKCECodeVerifier();
  const expected = { pkceCodeVerifier: verifier, expectedState: openid.randomState(), expectedNonce: openid.randomNonce(), idTokenExpected: true };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri, scope: 'openid profile api offline_access', state: expected.expectedState, nonce: expected.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
  });
  return { back: await browser().signIn(url), expected };
}

const scenarios = {
  async 'code, id token, refresh, introspection and revocation'() {
    const { back, expected } = await ask({ max_age: '300' });
    const tokens = await openid.authorizationCodeGrant(config, back, { ...expected, maxAge: 300 });
    assert.ok(tokens.claims().auth_time);
    await oauth.validateJwtAccessToken(config.serverMetadata(), new Request('http://localhost/', { headers: { authorization: `Bearer ${tokens.access_token}` } }), 'recruitment-api', insecure);
    await refused(openid.authorizationCodeGrant(config, back, expected), 'invalid_grant', 400);
    await refused(openid.refreshTokenGrant(config, tokens.refresh_token), 'invalid_grant', 400); // taken back with the code

    const again = await ask();
    const first = await openid.authorizationCodeGrant(config, again.back, again.expected);
    const second = await openid.refreshTokenGrant(config, first.refresh_token);
    assert.notEqual(first.refresh_token, second.refresh_token);
    assert.equal((await openid.tokenIntrospection(config, second.refresh_token)).active, true);
    await openid.tokenRevocation(config, second.refresh_token);
    assert.equal((await openid.tokenIntrospection(config, second.refresh_token)).active, false);
    await refused(openid.refreshTokenGrant(config, second.refresh_token), 'invalid_grant', 400);
  },
  async 'a code with another verifier, from another issuer, with another state'() {
    const { back, expected } = await ask();
    await refused(openid.authorizationCodeGrant(config, back, { ...expected, pkceCodeVerifier: openid.randomPKCECodeVerifier() }), 'invalid_grant', 400);
    const other = await ask();
    await assert.rejects(openid.authorizationCodeGrant(config, other.back, { ...other.expected, expectedState: 'another' }));
    other.back.searchParams.set('iss', 'https://elsewhere.example/');
    await assert.rejects(openid.authorizationCodeGrant(config, other.back, other.expected));
  },
  async 'a machine with a secret'() {
    const machine = await openid.discovery(issuer, CLIENT, CLIENT_SECRET, undefined, { execute: [openid.allowInsecureRequests] });
    const tokens = await openid.clientCredentialsGrant(machine, { scope: 'suppliers.read' });
    assert.equal(tokens.refresh_token, undefined);
    assert.equal((await openid.tokenIntrospection(machine, tokens.access_token)).active, true);
    await refused(openid.clientCredentialsGrant(machine, { scope: 'nothing' }), 'invalid_scope', 400);
    const basic = await openid.discovery(issuer, CLIENT, undefined, openid.ClientSecretBasic(CLIENT_SECRET), { execute: [openid.allowInsecureRequests] });
    await openid.clientCredentialsGrant(basic, { scope: 'suppliers.read' });
    const wrong = await openid.discovery(issuer, CLIENT, 'wrong', undefined, { execute: [openid.allowInsecureRequests] });
    await refused(openid.clientCredentialsGrant(wrong, { scope: 'suppliers.read' }), 'invalid_client', 401);
  },
  async 'a machine that signs'() {
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const jwk = JSON.parse(SIGNER_KEY);
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const client = { client_id: SIGNER };
    const get = async k => oauth.processClientCredentialsResponse(server, client, await oauth.clientCredentialsGrantRequest(server, client, oauth.PrivateKeyJwt({ key: k, kid: jwk.kid }, { [oauth.modifyAssertion]: header => { header.typ = 'client-authentication+jwt'; } }), new URLSearchParams({ scope: 'api' }), insecure));
    const tokens = await get(key);
    const claims = await oauth.validateJwtAccessToken(server, new Request('http://localhost/', { headers: { authorization: `Bearer ${tokens.access_token}` } }), 'recruitment-api', insecure);
    assert.equal(claims.sub, `client:${SIGNER}`);
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    await refused(get(privateKey), 'invalid_client', 401);
  },
};

for (const [name, run] of Object.entries(scenarios)) {
  await run();
  console.log(`done: ${name}`);
}
