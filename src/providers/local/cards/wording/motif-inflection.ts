/** Endings and what stands for them in the form that a dictionary has, by language. */
const ENDINGS: Readonly<Record<string, readonly (readonly [ending: string, base: string])[]>> = {
  en: [
    ['s', ''],
    ['es', ''],
    ['ies', 'y'],
    ['ves', 'f'],
  ],
  de: [
    ['s', ''],
    ['es', ''],
    ['e', ''],
    ['n', ''],
    ['en', ''],
    ['er', ''],
    ['ern', ''],
    ['nen', ''],
  ],
  fr: [
    ['s', ''],
    ['x', ''],
    ['aux', 'al'],
  ],
  es: [
    ['s', ''],
    ['es', ''],
    ['ces', 'z'],
    ['ones', 'ón'],
    ['anes', 'án'],
    ['enes', 'én'],
    ['ines', 'ín'],
  ],
  pt: [
    ['s', ''],
    ['es', ''],
    ['ões', 'ão'],
    ['ãos', 'ão'],
    ['ns', 'm'],
    ['is', 'l'],
    ['éis', 'el'],
  ],
  it: [
    ['i', 'o'],
    ['i', 'e'],
    ['isti', 'ista'],
    ['eti', 'eta'],
    ['mi', 'ma'],
    ['i', 'io'],
    ['e', 'a'],
    ['chi', 'co'],
    ['ghi', 'go'],
    ['che', 'ca'],
    ['ghe', 'ga'],
    ['ie', 'ia'],
  ],
};
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' };
/** Shorter words have too many other meanings without their endings. */
const SHORTEST_BASE = 2;

/** The word and the forms of which it may be an inflection, in lower case; the word itself is first. */
export function basesOf(word: string, language: string): string[] {
  const bases = [word];
  for (const [ending, base] of ENDINGS[language] ?? [])
    if (word.endsWith(ending) && word.length - ending.length + base.length > SHORTEST_BASE)
      bases.push(word.slice(0, word.length - ending.length) + base);
  return language === 'de' ? [...bases, ...bases.flatMap(withoutUmlaut)] : bases;
}

/** "wälder" → "walder": plurals change the last vowel of the stem. */
function withoutUmlaut(word: string): string[] {
  const at = Math.max(word.lastIndexOf('ä'), word.lastIndexOf('ö'), word.lastIndexOf('ü'));
  const plain = UMLAUTS[word.charAt(at)];
  return plain === undefined ? [] : [word.slice(0, at) + plain + word.slice(at + 1)];
}
