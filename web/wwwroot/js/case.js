// The reader's screen: unlocks her key, opens a case, and seals what she answers. What is opened stays in this page's memory.
import * as sealing from './sealing.js';

const MESSAGE = 'recruitment grievances message v1';
const CASE_KEY = 'recruitment grievances case key v1';
const REPLY = 'recruitment grievances reply v1';
const byId = id => document.getElementById(id);
const token = () => document.querySelector('input[name=__RequestVerificationToken]').value;
const say = sentence => { byId('said').textContent = sentence; };

async function ask(method, path, body) {
  const answer = await fetch('/CaseHandlers/Relay?path=' + encodeURIComponent(path) + '&method=' + method, method === 'GET'
    ? { headers: { Accept: 'application/json', 'X-Requested-With': 'fetch' } }
    : { method: 'POST', headers: { 'X-Requested-With': 'fetch', 'Content-Type': 'application/json', RequestVerificationToken: token() }, body: JSON.stringify(body ?? {}) });
  const content = await answer.text();
  let json = null;
  try { json = content ? JSON.parse(content) : null; } catch { /* an error page; its status says enough */ }
  if (answer.status === 401) throw new Error('Your session has ended. Sign in again in another tab, come back here and try again: what you wrote is still in this page.');
  if (!answer.ok) throw new Error((json && json.detail) || 'It did not work (' + answer.status + '). Nothing was changed.');
  return json;
}

function on(id, event, act) {
  byId(id)?.addEventListener(event, async e => {
    e.preventDefault();
    say('');
    try { await act(e); } catch (problem) { say(problem.message || 'It did not work. Nothing was changed.'); }
  });
}

function line(parent, tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  parent.append(element);
  return element;
}

on('register', 'submit', async () => {
  const passphrase = byId('passphrase').value;
  if (passphrase !== byId('again').value) throw new Error('The two passphrases differ.');
  const pair = await sealing.newKeyPair();
  const wrappedKey = await sealing.wrap(pair.privateKey, passphrase);
  await ask('POST', 'readers', { publicKey: sealing.toBase64(pair.publicKey), wrappedKey });
  location.assign('/CaseHandlers');
});

let opened = null;

async function show() {
  const g = await ask('GET', opened.id + '/sealed');
  const list = byId('messages');
  list.replaceChildren();
  opened.case = g;
  for (const m of g.messages) {
    const content = JSON.parse(new TextDecoder().decode(await sealing.open(opened.key, MESSAGE, opened.id, sealing.fromBase64(m.sealed))));
    if (m.position === 0) opened.told = content;
    const item = line(list, 'li', '');
    line(item, 'strong', (m.author === 'worker' ? 'Worker' : 'Answer') + ', ' + m.writtenOn);
    line(item, 'p', content.text || '(no text)');
  }
  const facts = byId('facts');
  facts.replaceChildren();
  const t = opened.told;
  const yes = value => value === true ? 'yes' : value === false ? 'no' : 'not said';
  for (const [name, value] of [['About', t.about ? t.about.name : 'not said'], ['Topic', t.topic || 'not said'], ['Safe now', yes(t.safeNow)],
    ['Under 18', yes(t.under18)], ['Allows', t.consents.join(', ') || 'nothing']]) {
    line(facts, 'dt', name);
    line(facts, 'dd', value);
  }
  byId('opened').hidden = false;
  byId('locked').hidden = true;
  byId('may-count').textContent = t.contributionToken ? '' : 'This case may not be counted: no consent, or under 18.';
  byId('count').disabled = !t.contributionToken || !g.accusedNamed;
  if (t.about && !byId('search-for').value) byId('search-for').value = t.about.name;
}

on('unlock', 'submit', async () => {
  const id = byId('unlock').dataset.case;
  const me = await ask('GET', 'readers/me');
  let mine;
  try { mine = await sealing.unwrap(me.wrappedKey, byId('passphrase').value); } catch { throw new Error('This passphrase does not open your key.'); }
  byId('passphrase').value = '';
  const g = await ask('GET', id + '/sealed');
  opened = { id, key: await sealing.open(mine, CASE_KEY, id, sealing.fromBase64(g.caseKey)) };
  await show();
});

on('answer', 'submit', async () => {
  const content = sealing.pad({ text: byId('text').value });
  await ask('POST', opened.id + '/replies', {
    sealedForWorker: sealing.toBase64(await sealing.seal(sealing.fromBase64(opened.case.workerPublicKey), REPLY, opened.id, content)),
    sealedForCase: sealing.toBase64(await sealing.seal(sealing.fromBase64(opened.case.publicKey), MESSAGE, opened.id, content)),
  });
  byId('text').value = '';
  await show();
  say('Sent. The worker reads it when she comes back with her code.');
});

on('search', 'submit', async () => {
  const found = await ask('POST', 'directory', { query: byId('search-for').value });
  const list = byId('found');
  list.replaceChildren();
  for (const entry of found) {
    const label = line(list, 'label', ' ' + entry.name + ' (' + entry.kind + ')');
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

on('name', 'click', async () => {
  const { kind, id } = subject();
  const allowed = await ask('PUT', opened.id + '/accused', kind === 'site' ? { siteId: id } : { partyId: id });
  for (const reader of allowed.filter(r => !r.hasKey)) {
    const copy = await sealing.seal(sealing.fromBase64(reader.publicKey), CASE_KEY, opened.id, opened.key);
    await ask('PUT', opened.id + '/keys/' + reader.readerId, { sealed: sealing.toBase64(copy) });
  }
  await show();
  say('Named. Readers bound to it or its owners can no longer see this case; ' + allowed.length + ' can.');
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
  await ask('POST', opened.id + '/closing');
  say('Closed. If the worker writes again, it opens again.');
});
