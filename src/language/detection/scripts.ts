interface Script {
  /** ISO 15924; kana counts as Jpan, Hangul as Kore, as CLDR names the scripts of these languages. */
  readonly name: string;
  readonly letters: RegExp;
  /** A word has about five letters of an alphabet, but one or two characters of these scripts. */
  readonly weight?: number;
}

const LATIN: Script = { name: 'Latn', letters: /\p{Script=Latin}/gu };
const OTHERS: readonly Script[] = [
  { name: 'Hani', letters: /\p{Script=Han}/gu, weight: 3 },
  { name: 'Jpan', letters: /\p{Script=Hiragana}|\p{Script=Katakana}/gu, weight: 2 },
  { name: 'Kore', letters: /\p{Script=Hangul}/gu, weight: 2 },
  { name: 'Cyrl', letters: /\p{Script=Cyrillic}/gu },
  { name: 'Grek', letters: /\p{Script=Greek}/gu },
  { name: 'Arab', letters: /\p{Script=Arabic}/gu },
  { name: 'Hebr', letters: /\p{Script=Hebrew}/gu },
  { name: 'Thai', letters: /\p{Script=Thai}/gu },
  { name: 'Deva', letters: /\p{Script=Devanagari}/gu },
  { name: 'Beng', letters: /\p{Script=Bengali}/gu },
  { name: 'Taml', letters: /\p{Script=Tamil}/gu },
  { name: 'Telu', letters: /\p{Script=Telugu}/gu },
  { name: 'Armn', letters: /\p{Script=Armenian}/gu },
  { name: 'Geor', letters: /\p{Script=Georgian}/gu },
];
/** Few texts have any other letter, so that most need no count of each script. */
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/u;

/** The script of most of a text's words; Latn where there are none, or of a script that is not in the list. */
export function mainScript(text: string): string {
  if (!NOT_LATIN.test(text)) return LATIN.name;
  const shares = new Map(
    [LATIN, ...OTHERS].map(({ name, letters, weight = 1 }) => [name, weight * count(text, letters)]),
  );
  const han = shares.get('Hani') ?? 0;
  const kana = shares.get('Jpan') ?? 0;
  // Japanese has both; a Chinese text may have a single の.
  if (kana > 0.1 * han) shares.set('Jpan', kana + han).delete('Hani');
  return [...shares].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
