// The reader's screen: unlocks her key, opens a case, and seals what she answers. What is opened stays in this page's memory.
import { openKeys, share, unlock } from './keys.js';
import { ask, byId, line, on, say } from './page.js';
import * as sealing from './sealing.js';

const MESSAGE = 'recruitment grievances message v1';
const REPLY = 'recruitment grievances reply v1';
const ALLOWED = {
  act_without_name: 'asking the workplace or agent, without saying that anybody complained', refer_to_help: 'asking a support office for help',
  use_anonymised_for_stats: 'counting it, without details, together with others',
};
const WISH = { woman: 'a woman', man: 'a man', either: 'whoever' };
const UNREAD = ' Something new was written in this case: read it above before you answer.';
let opened = null;

/** What was written, or null: one message that nobody can open must not hide the others. */
async function contentOf(m) {
  try {
    return JSON.parse(new TextDecoder().decode(await sealing.open(opened.keys.get(m.generation), MESSAGE, opened.id, sealing.fromBase64(m.sealed))));
  } catch { return null; }
}

/** Answers how many messages she has not seen before. */
async function show() {
  const g = await ask('GET', opened.id + '/sealed');
  const list = byId('messages');
  list.replaceChildren();
  opened.case = g;
  // A case gets a new key when a reader drops out; older messages keep the older one.
  opened.keys = await openKeys(opened.id, opened.mine, [{ generation: g.generation, sealed: g.caseKey }, ...g.earlierKeys]);
  opened.told = { consents: [] };
  for (const m of g.messages) {
    const content = await contentOf(m);
    if (m.position === 0 && content) opened.told = content;
    const item = line(list, 'li', '');
    item.dataset.fresh = m.position >= opened.read;
    line(item, 'strong', (m.position >= opened.read ? 'New. ' : '') + (m.author === 'worker' ? 'Worker' : 'Answer') + ', ' + m.writtenOn);
    line(item, 'p', content ? content.text || '(no text)' : 'This message cannot be opened: no key that you hold fits it. Ask another reader of this case to name the organisation again, which gives you the keys that you lack.').className = 'kept';
  }
  // Said with an answer and with closing. Not before all are shown: what was not on her screen she has not read.
  const fresh = Math.max(0, g.messages.length - (opened.read ?? g.messages.length));
  opened.read = g.messages.length;
  const facts = byId('facts');
  facts.replaceChildren();
  const t = opened.told;
  const yes = value => value === true ? 'yes' : value === false ? 'no' : 'not said';
  for (const [name, value] of [['About', t.about ? t.about.name : 'not said'], ['Topic', (t.topic || 'not said').replaceAll('_', ' ')], ['Safe now', yes(t.safeNow)],
    ['Under 18', yes(t.under18)],
    ['Would speak with', WISH[t.handlerWish] || 'not said'], ['Interpreter', WISH[t.interpreterWish] || 'not said'], ['Allows', t.consents.map(c => ALLOWED[c] || c).join('; ') || 'nothing']]) {
    line(facts, 'dt', name);
    line(facts, 'dd', value);
  }
  byId('opened').hidden = false;
  byId('locked').hidden = true;
  byId('danger').hidden = t.safeNow !== false;
  byId('named').hidden = !g.accusedNamed;
  byId('unnamed').hidden = g.accusedNamed;
  byId('child').hidden = t.under18 !== true;
  const asked = [t.handlerWish, t.interpreterWish].some(w => w === 'woman' || w === 'man');
  byId('wish').hidden = !asked;
  byId('topic').value = t.topic || '';
  byId('may-count').textContent = t.contributionToken ? '' : 'This case may not be counted: no consent, or under 18.';
  byId('count').disabled = !t.contributionToken || !g.accusedNamed;
  byId('no-mailbox').hidden = !g.mailboxLocked;
  byId('answer').hidden = g.mailboxLocked;
  const closed = g.status === 'closed';
  byId('is-closed').hidden = !closed;
  byId('may-close').hidden = closed;
  byId('close').hidden = closed;
  byId('reopens').hidden = g.mailboxLocked;
  byId('replaces').hidden = g.mailboxLocked || g.messages.at(-1).author === 'worker';
  if (t.about && !byId('search-for').value) byId('search-for').value = t.about.name;
  // Counted as read, so it must have been on her screen.
  if (fresh) list.querySelector('[data-fresh=true]')?.scrollIntoView({ block: 'center' });
  return fresh;
}

/** Asks what may only be done by who has read everything; otherwise the case is shown again, and what she typed stays. */
async function whenAllRead(path, body, not) {
  try {
    await ask('POST', opened.id + path, { ...body, messagesRead: opened.read });
  } catch (problem) {
    if (problem.status !== 412) throw problem;
    await show();
    throw new Error(not + ': the case changed while you wrote. It has been opened again and your text is still here. Read what is new above, then press the button again.');
  }
}

on('unlock', 'submit', async () => {
  const id = byId('unlock').dataset.case;
  const me = await ask('GET', 'readers/me');
  const mine = await unlock(me, byId('passphrase').value);
  byId('passphrase').value = '';
  opened = { id, mine };
  await show();
});

on('answer', 'submit', async () => {
  const text = byId('text').value;
  // Sealed, nobody can see that it says nothing; and it would take the place of the answer before it.
  if (!text.trim()) throw new Error('Nothing was sent: write an answer first.');
  // The same text sent again, because the answer to it was lost, is the same answer.
  if (opened.sending?.text !== text) opened.sending = { text, id: crypto.randomUUID() };
  const content = sealing.pad({ text });
  await whenAllRead('/replies', {
    sealedForWorker: sealing.toBase64(await sealing.seal(sealing.fromBase64(opened.case.workerPublicKey), REPLY, opened.id, content)),
    sealedForCase: sealing.toBase64(await sealing.seal(sealing.fromBase64(opened.case.publicKey), MESSAGE, opened.id, content)),
    generation: opened.case.publicKeyGeneration,
    replyId: opened.sending.id,
  }, 'Nothing was sent');
  byId('text').value = '';
  opened.sending = null;
  opened.read += 1;
  const sent = 'Sent. The worker reads it on coming back with the code.';
  try {
    say(sent + (await show() ? UNREAD : ''));
  } catch {
    say(sent + ' The case could not be shown again just now: load this page to see it as it is.');
  }
});

on('search', 'submit', async () => {
  const found = await ask('POST', 'directory', { query: byId('search-for').value });
  const list = byId('found');
  list.replaceChildren();
  for (const entry of found) {
    const label = line(list, 'label', ' ' + entry.name + (entry.foundAs ? ', earlier ' + entry.foundAs : '') + ' (' + entry.kind + ')');
    const radio = document.createElement('input');
    Object.assign(radio, { type: 'radio', name: 'subject', value: entry.kind + '|' + entry.id });
    label.prepend(radio);
  }
  if (!found.length) say('The directory has no such name.');
});

function subject() {
  const chosen = document.querySelector('input[name=subject]:checked');
  if (!chosen) throw new Error('Search, and choose the workplace or agent first.');
  const [kind, id] = chosen.value.split('|');
  return { kind, id };
}

/** A colleague may have named another meanwhile: named over, whoever is bound to that one would get the case. */
async function name(accused) {
  try {
    return await ask('PUT', opened.id + '/accused', accused, opened.case.version);
  } catch (problem) {
    if (problem.status !== 412) throw problem;
    const before = opened.case.accusedNamed;
    await show();
    throw new Error('Nobody was named: the case changed since it was opened. It has been opened again. '
      + (opened.case.accusedNamed && !before ? 'It has been named meanwhile, by a colleague or by your own press before: ask before you name another.' : 'Read what is new above, then press the button again.'));
  }
}

on('name', 'click', async () => {
  const { kind, id } = subject();
  const allowed = await name(kind === 'site' ? { siteId: id } : { partyId: id });
  const { gone } = await share(opened.id, opened.mine);
  if (gone) {
    opened = null;
    byId('opened').hidden = true;
    say('Named. You have a tie to it, so only readers without one can see this case now.');
    return;
  }
  const named = 'Named. Readers bound to it or its owners can no longer see this case. ' + (allowed.length === 1 ? 'One reader without a tie can.' : allowed.length + ' readers without a tie can.');
  try {
    say(named + (await show() ? UNREAD : ''));
  } catch {
    say(named + ' The case could not be shown again just now: load this page to see it as it is.');
  }
});

on('confirm', 'submit', async () => {
  const { kind, id } = subject();
  await ask('POST', opened.id + '/confirmation', {
    contributionToken: opened.told.contributionToken, subjectKind: kind, subjectId: id, topicGroup: byId('topic').value,
    credible: byId('credible').checked, independent: byId('independent').checked,
  });
  say('Counted. It shows nowhere until at least the smallest group of cases is released together.');
});

on('close', 'click', async () => {
  await whenAllRead('/closing', {}, 'Nothing was closed');
  const closed = opened.case.mailboxLocked ? 'Closed. The worker has closed the mailbox, so nothing more can come in.' : 'Closed. If the worker writes again, it opens again.';
  try {
    say(closed + (await show() ? UNREAD : ''));
  } catch {
    say(closed + ' The case could not be shown again just now: load this page to see it as it is.');
  }
});

on('handover', 'click', async () => {
  if (!byId('tie').checked) throw new Error('Tick that you give this case up for good, then press the button again.');
  await ask('POST', opened.id + '/handover');
  opened = null;
  location.assign('/casehandlers');
});
