// The browser's own question for a passkey, which no page can ask without a script. What was asked came with the page; what the browser answers is sent by its form.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const { passkey, options } = form.dataset;
  const read = passkey === 'get' ? 'parseRequestOptionsFromJSON' : 'parseCreationOptionsFromJSON';
  // A browser that cannot is not offered it.
  if (!window.PublicKeyCredential?.[read]) continue;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const failed = form.querySelector('[role=alert]');
    failed.hidden = true;
    try {
      const answer = await navigator.credentials[passkey]({ publicKey: PublicKeyCredential[read](JSON.parse(options)) });
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
