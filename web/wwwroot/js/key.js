// Makes the reader's key in her browser: wrapped under her passphrase and once more under a recovery code that she keeps on paper.
import { ask, byId, on, say } from './page.js';
import { missingIn, trimmed } from './passphrase.js';
import * as sealing from './sealing.js';

let made = null;

on('register', 'submit', async () => {
  const passphrase = trimmed(byId('passphrase').value);
  const missing = missingIn(passphrase);
  if (missing) throw new Error(missing + ' No key was made.');
  if (passphrase !== trimmed(byId('again').value)) throw new Error('The two passphrases differ. Type the same one twice.');
  say('Making your key. This takes a few seconds.');
  const code = sealing.newRecoveryCode();
  const pair = await sealing.newKeyPair();
  made = {
    code,
    body: {
      publicKey: sealing.toBase64(pair.publicKey),
      wrappedKey: await sealing.wrap(pair.privateKey, passphrase),
      recoveryKey: await sealing.wrap(pair.privateKey, sealing.recoveryFrom(code)),
    },
  };
  byId('passphrase').value = byId('again').value = '';
  byId('register').hidden = true;
  byId('recovery').hidden = false;
  byId('recovery-code').textContent = code;
  say('');
  byId('repeat').focus();
});

on('keep', 'submit', async () => {
  const last = made.code.slice(made.code.lastIndexOf('-') + 1);
  if (sealing.recoveryFrom(byId('repeat').value) !== last) throw new Error('That is not the last group. Look at your paper again.');
  await ask('POST', 'readers', made.body);
  made = null;
  location.assign('/casehandlers');
});
