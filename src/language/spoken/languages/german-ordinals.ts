import { toOrdinal } from 'n2words/de-DE';

export const GERMAN_MONTHS: readonly string[] =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');

const DATIVE = new Set(
  'am im vom zum beim dem den des zur ab seit nach bis jeden diesem diesen jedem ihrem seinem'.split(' '),
);
const NOMINATIVE = new Set('der die das'.split(' '));

/** "dritter", "der dritte", "am dritten": the ending follows the word before. */
export function germanOrdinal(value: number, before: string): string {
  const word = before.toLowerCase();
  const stem = toOrdinal(value);
  if (DATIVE.has(word)) return `${stem}n`;
  return NOMINATIVE.has(word) ? stem : `${stem}r`;
}
