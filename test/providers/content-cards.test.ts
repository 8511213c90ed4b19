import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { layOutColumns } from '../../src/overlays/bars/columns-drawing.ts';
import type { BarsOverlay } from '../../src/overlays/overlay.ts';
import { layOutRows } from '../../src/overlays/rows/rows-layout.ts';
import { contentOf, kindsOf, overlaysOf, request, SIZES } from '../helpers/media/card-contents.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { inPixels } from '../helpers/media/overlays.ts';

const fonts = new FontBook();

describe('A series', () => {
  const { language, narration } = contentOf('a series');

  function seriesOf(width: number, height: number): BarsOverlay {
    const [overlay] = overlaysOf(request(narration, language, { width, height }));
    return overlay?.kind === 'bars' ? overlay : expect.fail('no bars');
  }

  it('is columns with the amounts as they are written, each of which appears with its words', () => {
    const { form, bars } = seriesOf(854, 480);
    expect([form, ...bars.map(({ label, amount }) => `${label} ${amount}`)]).toEqual([
      'columns',
      '2000 10 %',
      '2010 20 %',
      '2020 45 %',
    ]);
    const { timings } = constantVoice(narration, language);
    for (const { amount, startSeconds } of bars) {
      const word = timings.find(({ textStart }) => textStart === narration.indexOf(amount));
      expect(Math.abs(startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.51);
    }
  });

  it('is also one of several statements, each of which is below it while it is spoken', () => {
    const text = 'In 2000 the share was 10 percent. In 2010 it was 20 percent. In 2020 it was 45 percent.';
    const [chart, ...words] = overlaysOf(request(text, 'en'));
    if (chart?.kind !== 'bars') expect.fail('no bars');
    const statements = words.map((one) => (one.kind === 'words' ? one.words.headline : one.kind));
    expect(statements).toEqual([
      'In 2000 the share was 10 percent',
      'In 2010 it was 20 percent',
      'In 2020 it was 45 percent',
    ]);
    const { timings } = constantVoice(text, 'en');
    const spoken = timings.filter((one) => one.text === 'In').map(({ startSeconds }) => startSeconds);
    for (const [index, { startSeconds }] of words.entries()) {
      expect(Math.abs(startSeconds - (spoken[index] ?? Number.NaN))).toBeLessThan(0.11);
      expect(Math.abs((chart.bars[index]?.startSeconds ?? Number.NaN) - startSeconds)).toBeLessThan(0.01);
      expect(words[index + 1]?.startSeconds ?? chart.endSeconds).toBe(words[index]?.endSeconds);
    }
  });

  it('has its heights to scale from 0, inside its place, and no text over another', () => {
    for (const [width, height] of SIZES) {
      const overlay = seriesOf(width, height);
      const ctx = createCanvas(1, 1).getContext('2d');
      const box = inPixels(overlay.place.box, { width, height });
      const { columns, axis, amount } = layOutColumns({ ctx, fonts }, overlay, box, Math.min(width, height));
      const heights = columns.map((one) => one.box.height);
      expect(heights[0]).toBeCloseTo((10 / 45) * (heights[2] ?? 0), 3);
      expect(heights[1]).toBeCloseTo((20 / 45) * (heights[2] ?? 0), 3);
      for (const one of columns) expect(one.box.y + one.box.height).toBeCloseTo(axis.y, 3);
      expect(heights[2]).toBeGreaterThan(0.08 * Math.min(width, height));
      fonts.apply(ctx, amount);
      const widths = overlay.bars.map((bar) => ctx.measureText(bar.amount).width);
      const distance = (columns[1]?.centre ?? 0) - (columns[0]?.centre ?? 0);
      expect(Math.max(...widths)).toBeLessThan(distance);
    }
  });

  it.each([
    'It was 10 % in 2020, 20 % in 2010 and 45 % in 2000.',
    'It was 10 % in 2000 and 45 % in 2020.',
    'It had 1,200,000 visitors in 1980, 1,400,000 visitors in 1990, 1,800,000 visitors in 2000, 2,400,000 visitors in 2010 and 3,600,000 visitors in 2020.',
  ])('is bars below one another where columns do not fit or have no order: %s', (text) => {
    const bars = overlaysOf(request(text, 'en', { width: 854, height: 480 })).find(({ kind }) => kind === 'bars');
    expect(bars?.kind === 'bars' && bars.form).toBe('rows');
  });
});

describe('A timeline', () => {
  it('has a year and its words in each row, which appears when its first word is spoken', () => {
    const { language, narration } = contentOf('a timeline');
    const [overlay] = overlaysOf(request(narration, language));
    if (overlay?.kind !== 'rows') expect.fail('no rows');
    expect(overlay.rows.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '1903 two brothers flew for twelve seconds',
      '1927 Lindbergh crossed the ocean',
      '1969 people walked on the Moon',
    ]);
    const { timings } = constantVoice(narration, language);
    const spoken = ['In', 'Lindbergh', 'In'].map((word, index) => {
      const from = index === 2 ? narration.lastIndexOf(word) : narration.indexOf(word);
      return timings.find(({ textStart }) => textStart === from)?.startSeconds ?? Number.NaN;
    });
    for (const [index, { startSeconds }] of overlay.rows.entries())
      expect(Math.abs(startSeconds - (spoken[index] ?? Number.NaN))).toBeLessThan(0.11);
  });

  it('has its rows beside one another’s years, not over them', () => {
    const { language, narration } = contentOf('a timeline');
    for (const [width, height] of SIZES) {
      const [overlay] = overlaysOf(request(narration, language, { width, height }));
      if (overlay?.kind !== 'rows') expect.fail('no rows');
      const ctx = createCanvas(1, 1).getContext('2d');
      const place = { ...overlay.place, box: inPixels(overlay.place.box, { width, height }) };
      const { labels, rows, fits } = layOutRows({ ctx, fonts }, overlay, place, Math.min(width, height));
      if (labels === null) expect.fail('no years');
      fonts.apply(ctx, labels.style);
      const widest = Math.max(...overlay.rows.map(({ label }) => ctx.measureText(label ?? '').width));
      expect([fits, rows.every(({ x }) => x > labels.x + widest)]).toEqual([true, true]);
    }
  });
});

describe('A statement whose parts appear one after the other', () => {
  it('is not joined with a short one beside it', () => {
    expect(kindsOf(`${contentOf('a timeline of clauses').narration} It still stands there.`)).toEqual([
      'rows',
      'words',
    ]);
  });
});

describe('A definition', () => {
  it('follows its term when it is spoken, and both stay', () => {
    const { language, narration } = contentOf('a definition');
    const [term, meaning] = overlaysOf(request(narration, language));
    if (term?.kind !== 'words' || meaning?.kind !== 'words') expect.fail('no words');
    expect([term.words.headline, term.startSeconds]).toEqual(['Photosynthesis', 0]);
    expect(meaning.words.headline).toBe('the process by which plants turn light, water and air into sugar');
    const word = constantVoice(narration, language).timings.find(({ text }) => text === 'the');
    expect(Math.abs(meaning.startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.11);
    expect(term.endSeconds).toBe(meaning.endSeconds);
  });

  it('is one beat also where a sentence of its length would be divided', () => {
    const narration =
      'A glacier is a large mass of ice that lies on land for many years, moves slowly downhill, and carries rocks from the mountains.';
    const shown = overlaysOf(request(narration, 'en'));
    expect(shown.map((one) => one.kind === 'words' && one.words.headline)).toEqual([
      'A glacier',
      'a large mass of ice that lies on land for many years, moves slowly downhill, and carries rocks from the mountains',
    ]);
    const [, meaning] = shown;
    if (meaning?.kind !== 'words') expect.fail('no words');
    const times = [
      meaning.startSeconds,
      ...meaning.clauses.slice(1).map((one) => one.startSeconds),
      meaning.endSeconds,
    ];
    expect(Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toBeLessThan(6);
  });
});
