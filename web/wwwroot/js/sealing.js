// HPKE (RFC 9180) base mode, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. WebCrypto alone; no dependency.
// A sealed message is the 32-byte encapsulated key followed by the ciphertext with its tag, the same as the service's.
const text = new TextEncoder();
const KEM = new Uint8Array([0x4b, 0x45, 0x4d, 0x00, 0x20]);
const HPKE = new Uint8Array([0x48, 0x50, 0x4b, 0x45, 0x00, 0x20, 0x00, 0x01, 0x00, 0x02]);
const PKCS8 = new Uint8Array([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20]);
const none = new Uint8Array(0);
export const ITERATIONS = 1000000;

export const toBase64 = bytes => btoa(Array.from(bytes, b => String.fromCharCode(b)).join(''));
export const fromBase64 = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));
const fromBase64Url = value => fromBase64(value.replace(/-/g, '+').replace(/_/g, '/'));

function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  parts.reduce((at, p) => { all.set(p, at); return at + p.length; }, 0);
  return all;
}

async function hmac(key, data) {
  // WebCrypto refuses an empty key; HMAC pads with zeros, so one zero byte is the same key.
  const k = await crypto.subtle.importKey('raw', key.length ? key : new Uint8Array(1), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', k, data));
}

const extract = (suite, salt, label, input) => hmac(salt, join(text.encode('HPKE-v1'), suite, text.encode(label), input));

async function expand(suite, key, label, info, length) {
  const labeled = join(new Uint8Array([length >> 8, length & 255]), text.encode('HPKE-v1'), suite, text.encode(label), info);
  return (await hmac(key, join(labeled, new Uint8Array([1])))).slice(0, length);
}

const publicFrom = raw => crypto.subtle.importKey('raw', raw, 'X25519', true, []);
const privateFrom = raw => crypto.subtle.importKey('pkcs8', join(PKCS8, raw), 'X25519', true, ['deriveBits']);

async function agree(privateKey, publicRaw) {
  const bits = await crypto.subtle.deriveBits({ name: 'X25519', public: await publicFrom(publicRaw) }, privateKey, 256);
  return new Uint8Array(bits);
}

async function schedule(dh, enc, recipient, info) {
  const prk = await extract(KEM, none, 'eae_prk', dh);
  const shared = await expand(KEM, prk, 'shared_secret', join(enc, recipient), 32);
  const context = join(new Uint8Array(1), await extract(HPKE, none, 'psk_id_hash', none), await extract(HPKE, none, 'info_hash', info));
  const secret = await extract(HPKE, shared, 'secret', none);
  const raw = await expand(HPKE, secret, 'key', context, 32);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { key, nonce: await expand(HPKE, secret, 'base_nonce', context, 12) };
}

export async function newKeyPair() {
  const pair = await crypto.subtle.generateKey('X25519', true, ['deriveBits']);
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), privateKey: pkcs8.slice(-32) };
}

export async function publicKeyOf(privateRaw) {
  return fromBase64Url((await crypto.subtle.exportKey('jwk', await privateFrom(privateRaw))).x);
}

export const seal = async (recipient, info, aad, plaintext) => sealWith(await newKeyPair(), recipient, info, aad, plaintext);

/** With a given ephemeral key, for the published vectors alone. */
export async function sealWith(once, recipient, info, aad, plaintext) {
  const dh = await agree(await privateFrom(once.privateKey), recipient);
  const { key, nonce } = await schedule(dh, once.publicKey, recipient, text.encode(info));
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: text.encode(aad) }, key, plaintext);
  return join(once.publicKey, new Uint8Array(ciphertext));
}

export async function open(privateRaw, info, aad, message) {
  const enc = message.slice(0, 32);
  const dh = await agree(await privateFrom(privateRaw), enc);
  const { key, nonce } = await schedule(dh, enc, await publicKeyOf(privateRaw), text.encode(info));
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: text.encode(aad) }, key, message.slice(32)));
}

/** JSON filled with spaces to full kilobytes: the length of a text tells its writer. */
export function pad(content) {
  const json = text.encode(JSON.stringify(content));
  const padded = new Uint8Array(Math.ceil(json.length / 1024) * 1024).fill(32);
  padded.set(json);
  return padded;
}

// No letter or digit that looks like another on paper.
const CODE = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** 32 signs of 5 bits: 160 bits, in groups of four. */
export function newRecoveryCode() {
  const signs = Array.from(crypto.getRandomValues(new Uint8Array(32)), b => CODE[b & 31]).join('');
  return signs.match(/.{4}/g).join('-');
}

/** What was typed, without hyphens and spaces, in capitals. */
export const recoveryFrom = typed => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');

async function passphraseKey(passphrase, salt, iterations) {
  const base = await crypto.subtle.importKey('raw', text.encode(passphrase), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function wrap(privateRaw, passphrase, iterations = ITERATIONS) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const key = await passphraseKey(passphrase, salt, iterations);
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, privateRaw));
  return { kdf: 'PBKDF2-HMAC-SHA256', iterations, salt: toBase64(salt), cipher: 'AES-256-GCM', nonce: toBase64(nonce), ciphertext: toBase64(ciphertext) };
}

/** Throws when the passphrase is wrong. */
export async function unwrap(wrapped, passphrase) {
  const key = await passphraseKey(passphrase, fromBase64(wrapped.salt), wrapped.iterations);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(wrapped.nonce) }, key, fromBase64(wrapped.ciphertext)));
}
