import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import type { Language } from '../../../../language/language.ts';
import type { Quantity } from '../../../../language/quantities/numbers-in-text.ts';

/** True if the text claims its amounts: nothing in it denies or limits them but the words shown with them. */
export function areAsserted(text: string, quantities: readonly Quantity[], language: Language): boolean {
  if (!hasQualifierWords(language.base) || /[?？]/u.test(text)) return false;
  return qualifiersIn(text, language).every(({ start, end }) =>
    quantities.some((one) => start >= modifierStart(one) && end <= one.start),
  );
}

/** The modifier and the space after it. */
export function modifierStart({ start, modifier }: Quantity): number {
  return modifier === '' ? start : start - modifier.length - 1;
}
