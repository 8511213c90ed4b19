import { isDivisible } from './word-division.ts';

/** Before the marks that part an address or a name in code, where a part of it follows. */
const JOINT = /(?=[@./?#&=_][\p{L}\p{Nd}])/u;
const SCHEME = /^\p{P}{0,3}https?:\/$/iu;

/**
 * The parts of an address or of a name in code, between which a line may end: "https://example", ".org", "/opening"; "server",
 * ".keepAliveTimeout". Just the word itself for anything else, such as a number.
 */
export function partsOfName(word: string): readonly string[] {
  if (isDivisible(word) || !/\p{L}/u.test(word)) return [word];
  const parts = word.split(JOINT);
  const [first = '', second = '', ...others] = parts;
  return SCHEME.test(first) ? [first + second, ...others] : parts;
}
