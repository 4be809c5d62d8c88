// A reader's own key, and the keys of cases that she gives to others. All of it stays in the memory of the page that asks.
import { ask } from './page.js';
import { trimmed } from './passphrase.js';
import * as sealing from './sealing.js';

export const CASE_KEY = 'recruitment grievances case key v1';

/** By the passphrase, else by the recovery code however it was typed. A key that a program wrapped may have a passphrase with blanks at its ends. */
export async function unlock(me, typed) {
  for (const passphrase of new Set([trimmed(typed), typed])) {
    try { return await sealing.unwrap(me.wrappedKey, passphrase); } catch { /* not the passphrase */ }
  }
  if (me.recoveryKey) {
    try { return await sealing.unwrap(me.recoveryKey, sealing.recoveryFrom(typed)); } catch { /* nor the code */ }
  }
  throw new Error('This opens your key neither as passphrase nor as recovery code. Look at capital letters and spaces, and try again; nothing is locked by trying.');
}

/** A copy that does not open must not hide what the others open. */
export async function openKeys(id, mine, copies) {
  const keys = new Map();
  for (const k of copies) {
    try { keys.set(k.generation, await sealing.open(mine, CASE_KEY, id, sealing.fromBase64(k.sealed))); } catch { /* its messages are shown as such */ }
  }
  return keys;
}

/** Gives readers free of conflict the keys they lack. Whoever is in conflict loses hers as soon as one of them has all: then there is nothing more to give. */
export async function share(id, mine) {
  let [readers, mineToGive] = [0, false];
  try {
    const held = await ask('GET', id + '/keys');
    [readers, mineToGive] = [held.readers.length, true];
    const keys = await openKeys(id, mine, held.keys);
    for (const reader of held.readers) {
      for (const [generation, key] of keys) {
        const copy = await sealing.seal(sealing.fromBase64(reader.publicKey), CASE_KEY, id, key);
        await ask('PUT', id + '/keys/' + reader.readerId, { sealed: sealing.toBase64(copy), generation });
      }
    }
    await ask('GET', id + '/keys');
    return { readers, mineToGive, gone: false };
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    return { readers, mineToGive, gone: true };
  }
}
