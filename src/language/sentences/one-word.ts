import { CURRENCY, isUnit, SIGNS } from './unit-words.ts';

/** Marks around a word that are no part of it. */
const OPENING = /^["'“”„«»‹›¿¡‚([{]{1,9}/u;
const CLOSING = /["'“”„«»‹›)\]},;:!?…]{1,9}$/u;
/** Up to the end: an amount that ends with a group of three digits may go on with another. */
const GROUP = /(?:^|[^\p{L}\p{Nd}])\d{1,3}$/u;
/** "p." in "5 p. m.", "z." in "z. B."; not the first name of "J. K. Rowling". */
const ABBREVIATED = /(?:^|\s)\p{Ll}\.$/u;

/**
 * True if two words beside each other are read as one: a number and the short sign of its unit ("250 g", "70 km/h", "20 Uhr"), a
 * currency and its amount ("R$ 1.500"), the groups of one number ("12 000"), the parts of a time ("16 h 30") or of an
 * abbreviation ("p. m."), and the sides of an area ("2 × 3 m"). Words that are written out stay apart: "20 minutes", "4.8 million". `base` is the first part of a BCP 47 tag.
 */
export function areOneWord(left: string, right: string, base: string): boolean {
  if (CLOSING.test(left) || OPENING.test(right)) return false;
  const before = left.replace(OPENING, '');
  const after = right.replace(CLOSING, '');
  if (ABBREVIATED.test(before)) return /^\p{L}{1,3}\.$/u.test(after);
  if (/^[\p{Nd}½¼¾⅓⅔⅛]/u.test(after)) {
    const sign = before.slice(before.lastIndexOf(' ') + 1);
    if (SIGNS.test(sign) || CURRENCY.test(sign) || /^n\.?[º°]\.?$/iu.test(sign)) return true;
    if (/\d\sh$/u.test(before)) return /^\d{2}\.?$/u.test(after);
    return base !== 'zh' && GROUP.test(before) && /^\d{3}(?:[.,]\d+)?\.?$/u.test(after);
  }
  return (
    /[\p{Nd}½¼¾⅓⅔⅛]$/u.test(before) &&
    (after === '×' || isUnit(after, base) || CURRENCY.test(after.replace(/\.$/u, '')))
  );
}
