// An issuer that others wrote and certified, oidc-provider, in the place of ours. Our services know nothing of it but its address.
import Provider from 'oidc-provider';
import { generateKeyPairSync, randomBytes } from 'node:crypto';

const { PORT, SERVICE_SECRET, PARTY } = process.env;
const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const services = ['identity', 'suppliers', 'accreditation', 'grievances', 'risk', 'reports', 'register'];
const scope = ['api', 'api.read', ...services, ...services.map(name => `${name}.read`)].join(' ');
const machine = (client_id, client_secret) => ({ client_id, client_secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope });
const roles = { service: 'service', analyst: 'brand_analyst', auditor: 'auditor', administrator: 'administrator', 'other-api': 'brand_analyst' };

const provider = new Provider(`http://localhost:${PORT}`, {
  clients: Object.keys(roles).map(name => machine(name, name === 'service' ? SERVICE_SECRET : 'secret-of-an-independent-provider')),
  jwks: { keys: [{ ...jwk, use: 'sig', alg: 'ES256', kid: 'independent' }] },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  scopes: scope.split(' '),
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:recruitment',
      useGrantedResource: () => true,
      getResourceServerInfo: (context, resource, client) => ({
        scope, audience: client.clientId === 'other-api' ? 'another-api' : 'recruitment-api', accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  extraTokenClaims: (context, token) => ({ role: roles[token.clientId], ...(token.clientId !== 'service' && { party: PARTY, party_kind: { auditor: 'audit_body', administrator: 'operator' }[token.clientId] ?? 'brand' }) }),
});
provider.listen(Number(PORT), '127.0.0.1', () => console.log('provider ready'));
