import { describe, expect, it } from 'vitest';
import { clausePieces, sentencePieces } from './pieces.ts';
import { spokenText } from './spoken-text.ts';

const clauses = (text: string): string[] =>
  clausePieces(spokenText(text)).map(({ start, end }) => spokenText(text).text.slice(start, end));
const sentences = (text: string): string[] =>
  sentencePieces(spokenText(text)).map(({ start, end }) => spokenText(text).text.slice(start, end));

describe('Chinese clauses', () => {
  it('end at every punctuation mark, including closing brackets', () => {
    expect(clauses('「你好，」他說：「再見！」然後走了；貓、狗。')).toEqual([
      '「你好,」',
      '他說:',
      '「再見!」',
      '然後走了;',
      '貓、',
      '狗。',
    ]);
  });

  it('do not end inside a number, a time or an address', () => {
    expect(clauses('共1,000人在10:30看3.5次example.com')).toHaveLength(1);
  });

  it('without punctuation are cut at forty characters, and not at thirty-nine', () => {
    expect(clauses('字'.repeat(40))).toHaveLength(1);
    expect(clauses('字'.repeat(41)).map((clause) => clause.length)).toEqual([40, 1]);
  });

  it('without speakable characters are left out', () => expect(clauses('……！？🎉')).toEqual([]));

  it('pause longer after a full stop than after a comma, and not after the last', () => {
    const pauses = clausePieces(spokenText('一、二，三。四')).map((piece) => piece.pauseSeconds);
    expect(pauses).toEqual([0.12, 0.2, 0.4, 0]);
  });
});

describe('Sentences', () => {
  it('end at their punctuation, at line feeds and at empty lines', () => {
    expect(sentences('One. Two! “Three?” Four\n\nfive\nsix, \n seven').map((sentence) => sentence.trim())).toEqual([
      'One.',
      'Two!',
      '"Three?"',
      'Four',
      'five',
      'six,',
      'seven',
    ]);
  });

  it('pause longer after a paragraph than after a line', () => {
    const pauses = (text: string) => sentencePieces(spokenText(text)).map((piece) => piece.pauseSeconds);
    expect(pauses('a line\na verse. \nThe next\n \nthe last')).toEqual([0.32, 0.5, 0.5, 0]);
  });

  it.each(['Dr. Smith came', 'Am 19. Juli war es', 'See e.g. This one', 'J. R. Brown wrote', 'Version 3.5 is out'])(
    'do not end inside "%s"',
    (text) => expect(sentences(text)).toEqual([text]),
  );

  it('longer than six hundred characters are cut between words', () => {
    const parts = sentences('word '.repeat(300));
    expect(parts.join('')).toBe('word '.repeat(300));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(600);
    expect(parts.every((part) => /^word[\s\S]*word $/.test(part))).toBe(true);
    expect(sentences('x'.repeat(1300)).map((part) => part.length)).toEqual([600, 600, 100]);
  });
});
