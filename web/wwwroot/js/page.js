// What the reader's pages share: asking the service through the relay, and saying what happened.
export const byId = id => document.getElementById(id);
const token = () => document.querySelector('input[name=__RequestVerificationToken]').value;
// It stays in view wherever she is on the page (the stylesheet), so no press is answered unseen.
export function say(sentence, link) {
  byId('said').textContent = sentence + (link ? ' ' : '');
  if (!link) return;
  const way = line(byId('said'), 'a', link.text ?? link);
  way.href = link.href ?? location.pathname;
  if (link.href) Object.assign(way, { target: '_blank', rel: 'noopener' });
}
const TOO_OLD = 'Nothing was done: it is too long ago that you proved who you are. Confirm that it is you, then come back to this tab and press the button again. What you typed is still here, but a passphrase is not.';
const TOO_WEAK = 'Nothing was done: this asks for a sign-in by more than a password. Add a passkey or a second step to your account, sign out and sign in again.';
const CONFIRM = { text: 'Confirm in a new tab', href: '/sign-in/confirm?returnUrl=%2Fconfirmed' };
const SIGNED_OUT = 'Your session has ended, or somebody who reads no cases is signed in here. Sign in again in another tab, then come back and press the button again: what you typed is still here.';

/** The page's token belongs to whoever was signed in when it was loaded. Only a page loaded anew has another, and that comes with empty fields. */
function notHersAnyMore(status) {
  const answer = byId('text');
  const kept = answer?.value.trim() ? ' What you wrote still stands in its field below: copy it first.' : '';
  const again = answer ? 'Load the case again' : 'Load this page again';
  const sentence = 'Nothing was changed: another person is signed in here now, or this page is too old.' + kept + ' If it is another person, sign in as yourself in another tab. Then:';
  return Object.assign(new Error(sentence), { status, link: again });
}

export async function ask(method, path, body, version) {
  let answer;
  const to = '/casehandlers/relay?path=' + encodeURIComponent(path) + '&method=' + method + (version ? '&version=' + version : '');
  try {
    answer = await fetch(to, method === 'GET' ? { headers: { Accept: 'application/json' }, redirect: 'manual' }
      : { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/json', RequestVerificationToken: token() }, body: JSON.stringify(body ?? {}) });
  } catch {
    throw new Error('The office could not be reached. What you typed is still here: try again in a moment.');
  }
  // Whoever is signed out is led to sign in, which a request of a script cannot do.
  if (answer.type === 'opaqueredirect') throw new Error(SIGNED_OUT);
  const content = await answer.text();
  let json = null;
  try { json = content ? JSON.parse(content) : null; } catch { /* an error page; its status says enough */ }
  if (answer.status === 401 && json?.type === 'urn:recruitment:sign-in-too-old') throw Object.assign(new Error(TOO_OLD), { status: 401, link: CONFIRM });
  if (answer.status === 401) throw new Error(json?.type === 'urn:recruitment:sign-in-too-weak' ? TOO_WEAK : SIGNED_OUT);
  if ((answer.status === 400 || answer.status === 403) && !json) throw notHersAnyMore(answer.status);
  if (!answer.ok) throw Object.assign(new Error((json && json.detail) || 'It did not work (' + answer.status + '). Nothing was changed.'), { status: answer.status });
  return json;
}

let busy = false;

/** One thing at a time: a second click while the first is under way is the same click. */
// A form that only this script can send has its button locked until the script is there: pressed before, it would do nothing but empty the form.
export function on(id, event, act) {
  if (event === 'submit') byId(id)?.querySelector('button[type=submit]')?.removeAttribute('disabled');
  byId(id)?.addEventListener(event, async e => {
    e.preventDefault();
    if (busy) return;
    busy = true;
    say('');
    try { await act(e); } catch (problem) { say(problem.message || 'It did not work. Nothing was changed.', problem.link); }
    busy = false;
  });
}

export function line(parent, tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  parent.append(element);
  return element;
}
