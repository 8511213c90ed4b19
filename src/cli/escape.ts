/** Control characters but the tab, ends of lines of every kind, and the characters that put what follows into another order. */
const CONTROLS = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** For terminals: a text of a user cannot move the cursor, change the title or hide what is shown; it stays readable, and valid as JSON. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
