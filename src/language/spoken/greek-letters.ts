import { rewrite, type SpokenText } from './spoken-text.ts';

/** A letter alone, not a word: "α-wave", "Δt", "2π". */
const GREEK_LETTER = /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu;
const LETTERS = 'αβγδεζηθικλμνξοπρστυφχψω';
const ENGLISH =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega';
const NAMES: Readonly<Record<string, string>> = {
  fr: 'alpha bêta gamma delta epsilon zêta êta thêta iota kappa lambda mu nu xi omicron pi rhô sigma tau upsilon phi chi psi oméga',
  es: 'alfa beta gamma delta épsilon zeta eta theta iota kappa lambda mi ni xi ómicron pi ro sigma tau ípsilon fi ji psi omega',
  pt: 'alfa beta gama delta épsilon zeta eta teta iota capa lambda mi ni csi ómicron pi rô sigma tau ípsilon fi qui psi ómega',
  it: 'alfa beta gamma delta epsilon zeta eta teta iota cappa lambda mi ni xi omicron pi ro sigma tau ipsilon fi chi psi omega',
};

/**
 * Names single Greek letters, which voices of other languages leave out. The signs of units stay: "5 μg", "3 kΩ".
 * `voiceLanguage` is a primary subtag.
 */
export function nameGreekLetters(spoken: SpokenText, voiceLanguage: string): SpokenText {
  if (voiceLanguage === 'el') return spoken;
  const names = (NAMES[voiceLanguage] ?? ENGLISH).split(' ');
  return rewrite(spoken, GREEK_LETTER, ({ 0: letter, index, input }) => {
    const [before, after] = [input.slice(Math.max(0, index - 3), index), input.slice(index + 1, index + 3)];
    const isUnit = (letter === 'μ' && /^[gmslLA]/u.test(after)) || (letter === 'Ω' && /\d\s?[kM]?$/u.test(before));
    const name = names[LETTERS.indexOf(letter.toLowerCase())];
    if (isUnit || name === undefined) return undefined;
    return `${/[\p{L}\p{N}]$/u.test(before) ? ' ' : ''}${name}${/^[\p{L}\p{N}]/u.test(after) ? ' ' : ''}`;
  });
}

/** True for a Greek letter that `nameGreekLetters` left in its place, as the sign of a unit. */
export function isUnitSign(character: string): boolean {
  return character === 'μ' || character === 'Ω';
}
