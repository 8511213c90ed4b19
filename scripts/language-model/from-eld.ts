import { MODEL_LANGUAGES, ngramHash } from '../../src/language/detection/ngram-model.ts';

/** What eld subtracts from each weight to make its file smaller. */
const BASE_WEIGHT = 53;
/** eld's name of a language where ours is another. Malay and Indonesian are one language there. */
const NAMES: Readonly<Record<string, string>> = { nb: 'no', id: 'ms' };

/** eld writes a byte of UTF-8 as one character, see its src/dictionary.js. */
function bytesOf(ngram: string, dictionary: readonly string[]): Uint8Array {
  return Uint8Array.from(ngram, (character) => {
    const code = character.charCodeAt(0);
    if (character === "'" || character === '`' || /[a-z]/.test(character)) return code;
    return dictionary.indexOf(character, 0x80);
  });
}

/** The file for `NgramModel`: the n-grams of MODEL_LANGUAGES in eld's database of medium size. */
export async function fileOf(): Promise<ArrayBuffer> {
  const folder = new URL('.', import.meta.resolve('eld/medium'));
  const { dictionary } = await import(new URL('../dictionary.js', folder).href);
  const { ngramsData } = await import(new URL('../ngrams/medium.js', folder).href);
  const indexOf = new Map<string, number>(
    Object.entries<string>(ngramsData.languages).map(([id, name]) => [
      id,
      MODEL_LANGUAGES.findIndex((language) => (NAMES[language] ?? language) === name),
    ]),
  );
  const rows = Object.entries<Record<string, number>>(ngramsData.ngrams)
    .map(([ngram, weights]) => ({
      hash: hashOf(ngram, dictionary),
      weights: Object.entries(weights).flatMap(([id, weight]) => {
        const language = indexOf.get(id) ?? -1;
        return language < 0 ? [] : [(language << 8) | (weight + BASE_WEIGHT)];
      }),
    }))
    .filter(({ weights }) => weights.length > 0)
    .toSorted((a, b) => a.hash - b.hash);
  return packed(rows);
}

function hashOf(ngram: string, dictionary: readonly string[]): number {
  const bytes = bytesOf(ngram.trim(), dictionary);
  return ngramHash(bytes, 0, bytes.length, ngram.startsWith(' '), ngram.endsWith(' '));
}

function packed(rows: readonly { readonly hash: number; readonly weights: readonly number[] }[]): ArrayBuffer {
  const weights = rows.flatMap((row) => row.weights);
  const hashes = rows.map((row) => row.hash);
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.weights.length);
  const file = new ArrayBuffer(8 + 4 * hashes.length + 4 * starts.length + 2 * weights.length);
  new Uint32Array(file, 0, 2).set([hashes.length, weights.length]);
  new Uint32Array(file, 8, hashes.length).set(hashes);
  new Uint32Array(file, 8 + 4 * hashes.length, starts.length).set(starts);
  new Uint16Array(file, 8 + 4 * hashes.length + 4 * starts.length, weights.length).set(weights);
  return file;
}
