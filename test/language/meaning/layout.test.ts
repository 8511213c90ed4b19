import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { FontBook } from '../../../src/drawing/font-book.ts';
import { designCard } from '../../../src/providers/local/cards/card-design.ts';
import { layOutCardWords } from '../../../src/providers/local/cards/card-painter.ts';
import { inkOf } from '../../../src/providers/local/cards/words-painter.ts';
import { ALL_CASES, type TextOfLanguage } from './all-cases.ts';

const fonts = new FontBook();

function layOut({ text, language }: TextOfLanguage, width: number, height: number) {
  const size = { width, height, captionSafeHeight: Math.round(height * 0.22) };
  const request = { narration: text, prompt: '', title: '', language, index: 1, count: 3, seed: 'a', ...size };
  const design = designCard(request, fonts);
  const pen = { ctx: createCanvas(width, height).getContext('2d'), fonts };
  const block = layOutCardWords(pen, design, request).find(({ role }) => role === 'headline');
  return { design, block, lines: block?.lines.map((line) => line.text) ?? [] };
}

describe.each([
  [1280, 720],
  [720, 1280],
])('A headline on a card of %i × %i', (width, height) => {
  const laidOut = ALL_CASES.map((one) => ({ ...one, ...layOut(one, width, height) }));

  it('is complete, however long it is', () => {
    const bare = (text: string) => text.replace(/\s/gu, '');
    const wrong = laidOut.filter(({ lines, design }) => bare(lines.join('')) !== bare(design.wording.headline));
    expect(wrong.map(({ text, lines }) => ({ text, lines }))).toEqual([]);
  });

  it('is not set smaller than captions', () => {
    const sizes = laidOut.map(({ block }) => (block?.style.size ?? 720) / 720);
    expect(Math.min(...sizes)).toBeGreaterThan(0.036);
  });

  it('has no line of a single Chinese character, and tears no number from its unit', () => {
    const lines = laidOut.flatMap((one) => one.lines);
    expect(lines.filter((line) => /^\p{Script=Han}\P{L}*$/u.test(line))).toEqual([]);
    expect(lines.filter((line) => /^(?:[%€»°]|p\.m|50$|km )/u.test(line))).toEqual([]);
  });

  it('has no coloured part where its denial is in another colour', () => {
    const denied = laidOut.find(({ text }) => text === 'There is no evidence that it works.');
    const inks = denied?.block?.lines.map((_, at) =>
      denied.block ? inkOf(denied.block, at, denied.design.scheme) : '',
    );
    expect(new Set(inks).size).toBe(1);
  });
});
