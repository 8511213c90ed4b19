import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../../drawing/font-book.ts';
import { layOutWords } from './words-layout.ts';

const pen = { ctx: createCanvas(1, 1).getContext('2d'), fonts: new FontBook() };
const PLACE = { box: { x: 100, y: 0, width: 400, height: 400 }, align: 'left', anchor: 'top' } as const;

/** Where the lines begin, and the left edges of their ink. */
function edges(headline: string, language: string): readonly { readonly x: number; readonly ink: number }[] {
  const [block] = layOutWords(pen, { language, headline, secondary: '' }, PLACE, 480);
  return (block?.lines ?? []).map(({ x, ink }) => ({ x, ink: ink.x }));
}

describe('The lines of a headline', () => {
  it.each([
    ['en', 'just now'],
    ['de', 'jetzt'],
    ['es', 'jamás'],
    ['pt', 'junho'],
  ])('that begin with a “j” have its stem at the edge, and its hook outside of it, in %s: %s', (language, text) => {
    const [line] = edges(text, language);
    const [other] = edges(text.replace('j', 'i'), language);
    expect(line?.x).toBeCloseTo(other?.x ?? 0, 0);
    expect(line?.ink).toBeLessThan(100);
    expect(other?.ink).toBeCloseTo(100, 0);
  });

  it.each([
    ['en', 'Bees dance'],
    ['zh-TW', '月亮'],
  ])('have their ink at the edge, in %s: %s', (language, text) => {
    for (const line of edges(text, language)) expect(line.ink).toBeCloseTo(100, 0);
  });
});

describe('A short word', () => {
  const place = { ...PLACE, box: { x: 0, y: 0, width: 528, height: 400 } };

  it.each([
    ['de', 'Am 7. November nimmt das Amt neue Proben'],
    ['de', 'Kein Badeverbot am Möwensee'],
    ['de', '4. Erst zum Schluss salzen'],
    ['en', 'The Lighthouse Keeper’s Goat'],
  ])('is alone on no line where somewhat smaller letters avoid it, in %s: %s', (language, headline) => {
    const [block] = layOutWords(pen, { language, headline, secondary: '' }, place, 720);
    const lines = block?.lines.map(({ text }) => text) ?? [];
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => line.length <= 3)).toEqual([]);
  });
});

describe('A headline beside free space', () => {
  const box = { x: 0, y: 0, width: 550, height: 430 };
  const place = { ...PLACE, box };

  it.each([
    ['en', 'It was laid on March 3, 1866, under Queen Victoria, and it was cut in World War I', 4],
    ['en', 'The Telegraph Island of Mrs. A. J. Whitlock', 2],
    ['en', 'Set server.keepAliveTimeout only if a proxy closes connections first', 4],
    ['de', 'Die Brücke wurde am 3. Oktober 1866 unter König Ludwig II. über den Fluss gebaut', 4],
    ['es', 'La carta del Sr. D. J. Molina', 2],
  ])('grows until names and dates fill its width, in %s: %s', (language, headline, lines) => {
    const [block] = layOutWords(pen, { language, headline, secondary: '' }, place, 720);
    expect(block?.lines.length).toBeGreaterThanOrEqual(lines);
    const widest = Math.max(0, ...(block?.lines ?? []).map(({ ink }) => ink.width));
    expect(widest).toBeGreaterThan(0.85 * box.width);
  });
});

describe('The line below a title', () => {
  const size = { width: 1280, height: 720 };
  const boxes = {
    wide: { x: 0, y: 0, width: 0.45 * size.width, height: 0.62 * size.height },
    tall: { x: 0, y: 0, width: 0.85 * size.height, height: 0.3 * size.width },
  } as const;
  const layout = (headline: string, secondary: string, language: string, shape: keyof typeof boxes) =>
    layOutWords(pen, { language, headline, secondary }, { ...PLACE, box: boxes[shape] }, size.height);

  it.each([
    ['pt', 'Segurança na obra', 'Capacete'],
    ['en', 'Allotment Notes No. 12', 'Dear growers'],
    ['de', 'Garten im Herbst', 'Werkzeug'],
    ['zh-CN', '图书馆常见问题', '借书要押金吗？'],
    ['zh-TW', '小琉球一日遊', '交通'],
  ])('is as large as its room allows where it is short, in %s: %s, %s', (language, headline, secondary) => {
    const [title, below] = layout(headline, secondary, language, 'wide');
    expect(below?.lines).toHaveLength(1);
    expect((below?.style.size ?? 0) / (title?.style.size ?? 1)).toBeGreaterThan(0.5);
    expect(below?.style.size).toBeGreaterThan(0.07 * size.height);
  });

  it.each(['wide', 'tall'] as const)('is legible on a telephone, and smaller than the title: %s', (shape) => {
    const secondary = 'I pesci non respirano aria, ma l’ossigeno sciolto nell’acqua';
    const [title, below] = layout('Perché i pesci non annegano', secondary, 'it', shape);
    expect(below?.style.size).toBeGreaterThanOrEqual(0.05 * size.height);
    expect(below?.style.size).toBeLessThan(0.7 * (title?.style.size ?? 0));
    expect(below?.lines.map(({ text }) => text).join(' ')).toBe(secondary);
  });
});
