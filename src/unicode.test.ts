import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainName, normalized, withoutDirectionControls } from './unicode.ts';

const nfc = (text: string) => normalized(text, 'NFC');
const MOST_MARKS = 30;
const longestRun = (text: string) => Math.max(0, ...(text.match(/[\p{M}--\u034F]+/gv) ?? []).map((run) => run.length));

it('normalizes usual texts', () => {
  expect(nfc('Cafe\u0301')).toBe('Caf\u00e9');
  expect(normalized('ﬁne Ｗｉ', 'NFKC')).toBe('fine Wi');
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(fc.property(text, (given) => nfc(given) === given.normalize('NFC')));
});

it('splits long runs of combining marks, which normalization would sort by insertion', () => {
  const text = `a${'\u0300'.repeat(5_000)}${'\u0323'.repeat(5_000)}`;
  expect(longestRun(nfc(text))).toBe(MOST_MARKS);
  expect(nfc(text).replaceAll('\u034F', '')).toHaveLength(text.length - 1);
});

it('splits a run at its own beginning and after each joiner, and leaves runs of 30 marks as they are', () => {
  const marks = (count: number) => '\u0300'.repeat(count);
  expect(nfc(`q${marks(30)}`)).toBe(`q${marks(30)}`);
  expect(nfc(`q${marks(60)}`)).toBe(`q${marks(30)}\u034F${marks(30)}`);
  expect(nfc(`q${marks(31)}q${marks(29)}\u034F${marks(31)}`)).toBe(
    `q${marks(30)}\u034F${marks(1)}q${marks(29)}\u034F${marks(30)}\u034F${marks(1)}`,
  );
});

it('is idempotent', () => {
  const marks = fc.string({ unit: fc.constantFrom('a', '\u0300', '\u0323', '\u034F', 'か', '\u3099'), maxLength: 200 });
  fc.assert(fc.property(marks, (text) => void expect(nfc(nfc(text))).toBe(nfc(text))));
});

describe('A name of something elsewhere', () => {
  it.each(['qwen3:8b', 'Zoë 🐝', ''])('is plain: %j', (text) => {
    expect(isPlainName(text)).toBe(true);
  });
  it.each(['a\u0000b', 'a\nb', 'a\ud800b', '\u007f'])('is not plain: %j', (text) => {
    expect(isPlainName(text)).toBe(false);
  });
});

describe('Characters that turn round the text after them', () => {
  it.each([
    ['an override', 'invoice \u202Egpj.exe', 'invoice gpj.exe'],
    [
      'embeddings and isolates with their ends',
      '\u202Aa\u202C \u202Bb\u202C \u2066c\u2069 \u2067d\u2069 \u2068e\u2069 \u202Df',
      'a b c d e f',
    ],
  ])('are removed: %s', (_what, text, plain) => {
    expect(withoutDirectionControls(text)).toBe(plain);
  });

  it.each([
    ['Arabic', 'مرحبا بالعالم، ١٢٣'],
    ['Hebrew with English and a mark that places its full stop', 'שלום ל-C++\u200E.'],
    ['Persian with a joiner', 'می\u200Cخواهم'],
    ['emoji of several characters', '👩\u200D🔬'],
  ])('are not those that a language needs: %s stays as it is', (_what, text) => {
    expect(withoutDirectionControls(text)).toBe(text);
  });
});
