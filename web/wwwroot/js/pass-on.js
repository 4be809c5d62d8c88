// A reader in conflict gives the key of a case that nobody else can open to one who is not. What was written is never fetched here.
import { share, unlock } from './keys.js';
import { ask, byId, on, say } from './page.js';

on('unlock', 'submit', async () => {
  const mine = await unlock(await ask('GET', 'readers/me'), byId('passphrase').value);
  byId('passphrase').value = '';
  const { readers, mineToGive, gone } = await share(byId('unlock').dataset.case, mine);
  if (!mineToGive) throw new Error('There is nothing here that you can pass on: it was passed on before, or it is no case of yours. Nothing was changed.');
  if (!gone && !readers) throw new Error('There is no reader without a tie yet, so your key stays. Ask the administrator for a case handler who has none to this organisation; when she has made her key, press the button again.');
  if (!gone) throw new Error('Some of its keys do not open with yours, so nobody has all of them. Ask whoever else held this case to pass it on.');
  byId('unlock').hidden = true;
  say('Passed on. A reader without a tie can open it now, and you hold no key to it any more.');
});
