import { describe, expect, it } from 'vitest';
import { lengthenPauses, withoutClosures } from './pauses.ts';
import { plainWords } from './plain-words.ts';
import { readPhones, readSegments } from './segments.ts';
import { wordsOfPhones } from './word-alignment.ts';
import { wordEvents } from './word-events.ts';

const word = (phones: string, pauses = false) => ({ phones: phones.split(' '), pauses });
const texts = (sentence: string): string[] => plainWords(sentence).map(({ text }) => text);

describe('Words for Flite', () => {
  it.each([
    ['The café costs naïve Łódź, Straße.', ['The', 'cafe', 'costs', 'naive', 'Lodz,', 'Strasse,']],
    ['“Stop!” he said: no — never', ['Stop,', 'he', 'said,', 'no,', 'never']],
    ['Ask Dr. Smith at 5 p.m. (or later)', ['Ask', 'Dr', 'Smith', 'at', '5', 'p.m', 'or', 'later,']],
    ['It ended. iPhones came', ['It', 'ended,', 'iPhones', 'came']],
    [
      "the CEO's CO2 in the US or UN, NASA does NOT",
      ['the', "C E O's", 'C O 2', 'in', 'the', 'U S', 'or', 'U N,', 'NASA', 'does', 'NOT'],
    ],
    [
      'A plan A or vitamin “A” on my SIM: A dog saw IRA',
      ['A', 'plan', 'ay', 'or', 'vitamin', 'ay', 'on', 'my', 'SIM,', 'A', 'dog', 'saw', 'I R ay'],
    ],
    ['He reads A Tale', ['He', 'reads', 'A', 'Tale']],
    ['READ THE US NEWS', ['read', 'the', 'us', 'news']],
    ['word—word and/or 🎉 ...', ['word, word', 'and or,']],
  ])('of %j are %j', (sentence, expected) => expect(texts(sentence)).toEqual(expected));

  it('know their position in code points', () => {
    expect(plainWords('🎉 a  😀b').map(({ position }) => position)).toEqual([2, 5]);
  });
});

describe('What Flite prints', () => {
  it('is read as segments and as groups of phones', () => {
    expect(readSegments('pau:0.176 dh:0.284 ax:0.331 \n')).toEqual([
      { phone: 'pau', startSeconds: 0, endSeconds: 0.176 },
      { phone: 'dh', startSeconds: 0.176, endSeconds: 0.284 },
      { phone: 'ax', startSeconds: 0.284, endSeconds: 0.331 },
    ]);
    expect(readPhones('pau dh ax pau ey pau \n')).toEqual([['dh', 'ax'], ['ey']]);
    expect(readPhones('pau \n')).toEqual([]);
  });

  it('is refused if it is something else', () => {
    expect(() => readSegments('an error')).toThrow('not a segment of Flite: an');
  });
});

describe('The words of the phones of a sentence', () => {
  it('are found although they sound different than alone', () => {
    const words = [word('dh ax'), word('eh n d', true), word('ey'), word('r iy d')];
    expect(wordsOfPhones('dh iy eh n pau ax r eh d'.split(' '), words)).toEqual([0, 0, 1, 1, 1, 2, 3, 3, 3]);
  });

  it('have the time of their first sound; a word that is not heard has none', () => {
    const segments = readSegments('pau:0.1 dh:0.2 ax:0.3 pau:0.5 d:0.6 ey:0.7 pau:0.9');
    const words = [
      { ...word('dh ax', true), position: 0 },
      { phones: [], pauses: false, position: 4 },
      { ...word('d ey'), position: 9 },
    ];
    expect(wordEvents(segments, words)).toEqual([
      ['word', 0, 100, 1],
      ['phoneme', 0, 100, 1],
      ['phoneme', 0, 200, 1],
      ['phoneme', 0, 300, 0],
      ['word', 9, 500, 1],
      ['phoneme', 9, 500, 1],
      ['phoneme', 9, 600, 1],
      ['phoneme', 9, 700, 0],
    ]);
  });
});

describe('Pauses', () => {
  it('inside a sentence are lengthened with silence, and what follows moves', () => {
    const segments = readSegments('pau:0.1 a:0.2 pau:0.3 b:0.4 pau:0.5');
    const samples = new Int16Array(50).map((_, index) => index + 1);
    const longer = lengthenPauses({ samples, segments }, 100, 0.2);
    expect(longer.samples).toEqual(
      Int16Array.from([...samples.slice(0, 25), ...new Int16Array(10), ...samples.slice(25)]),
    );
    expect(longer.segments.map(({ endSeconds }) => Number(endSeconds.toFixed(3)))).toEqual([0.1, 0.2, 0.4, 0.5, 0.6]);
  });

  it('last until a plosive is heard', () => {
    const segments = readSegments('pau:0.1 p:0.2 a:0.3 t:0.4 pau:0.5');
    const samples = new Int16Array(50).fill(1000, 16, 30).fill(1000, 35, 40);
    const heard = withoutClosures({ samples, segments }, 100);
    expect(heard.map(({ phone, startSeconds, endSeconds }) => [phone, startSeconds, endSeconds])).toEqual([
      ['pau', 0, 0.16],
      ['p', 0.16, 0.2],
      ['a', 0.2, 0.3],
      ['t', 0.3, 0.4],
      ['pau', 0.4, 0.5],
    ]);
  });
});
