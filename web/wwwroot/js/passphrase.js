// What a passphrase must have before a key is wrapped under it: whoever copies the database guesses as fast as machines can.
const ENOUGH = 16;
const ENOUGH_WITHOUT_WORDS = 20;
const WORDS = 4;
const DIFFERENT = 6;

// Whatever shows as nothing: blanks of every script, and signs that take no place.
const NOTHING = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** Blanks at its ends come and go unseen when it is typed or pasted: they are no part of it. */
export const trimmed = typed => typed.trim();

/** What is missing, as a sentence; null when nothing is. */
export function missingIn(typed) {
  const signs = [...typed.replace(NOTHING, '')];
  const words = new Set(typed.toLowerCase().split(NOTHING).filter(word => word));
  if (!signs.length) return 'That passphrase is only blanks. Choose four words or more that do not belong together.';
  if (signs.length < ENOUGH) return 'That passphrase has ' + signs.length + ' characters without its blanks. It needs ' + (ENOUGH - signs.length) + ' more: add a word or two.';
  if (new Set(signs).size < DIFFERENT) return 'That passphrase repeats the same few characters. Choose four words or more that do not belong together.';
  if (words.size < WORDS && signs.length < ENOUGH_WITHOUT_WORDS)
    return 'That passphrase has ' + (words.size === 1 ? 'one word' : words.size + ' different words') + '. It needs four, or ' + ENOUGH_WITHOUT_WORDS + ' characters without its blanks.';
  return null;
}
