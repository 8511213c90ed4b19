import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FontBook } from '../../src/drawing/font-book.ts';

const fonts = new FontBook();

describe('The fonts', () => {
  it('have names that no installed font has, and load quickly', async () => {
    const script = `
      import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
      import { FontBook } from './src/drawing/font-book.ts';
      const fonts = new FontBook();
      const ctx = createCanvas(10, 10).getContext('2d');
      const before = GlobalFonts.families.length;
      const started = performance.now();
      fonts.apply(ctx, { language: 'zh-TW', weight: 900, size: 100 });
      const milliseconds = performance.now() - started;
      const families = GlobalFonts.families.map((font) => font.family);
      console.log(JSON.stringify({ font: ctx.font, before, milliseconds, families }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { NODE_NO_WARNINGS: '1' },
    });
    const seen = z
      .object({ font: z.string(), milliseconds: z.number(), families: z.array(z.string()) })
      .parse(JSON.parse(stdout));
    const families = Array.from(seen.font.matchAll(/"([^"]+)"/gu), ([, family]) => family);
    expect(families).toEqual([
      'Auto Video Latin',
      'Auto Video Traditional',
      'Auto Video Simplified',
      'Auto Video Emoji',
    ]);
    expect(seen.families).toEqual(expect.arrayContaining(families));
    expect(seen.milliseconds).toBeLessThan(500);
  });

  it('report characters that they cannot draw', () => {
    expect(fonts.covers('Hello, 臺灣 台湾 かな Ελλάδα Việt 🎉👩‍💻🇹🇼👍🏽')).toBe(true);
    expect(fonts.covers('ไทย')).toBe(false);
    expect(fonts.covers('\u{10ffff}')).toBe(false);
  });

  it('draw real glyphs for Chinese and emoji, not an empty box', () => {
    const box = glyph('\u{10ffff}', 'en');
    for (const text of ['臺', '灣', '湾', '🎉', '👩‍💻', '🇹🇼', 'ấ']) expect(glyph(text, 'en')).not.toBe(box);
  });

  it('draw an emoji of several code points as one coloured picture', () => {
    const ctx = createCanvas(120, 120).getContext('2d');
    fonts.apply(ctx, { language: 'en', weight: 700, size: 60 });
    expect(ctx.measureText('👩‍💻').width).toBe(ctx.measureText('👩').width);
    expect(ctx.measureText('🇹🇼').width).toBe(ctx.measureText('👩').width);
    ctx.fillText('👩‍💻', 10, 80);
    const { data } = ctx.getImageData(0, 0, 120, 120);
    const colourful = data.some((red, at) => at % 4 === 0 && Math.abs(red - (data[at + 2] ?? 0)) > 100);
    expect(colourful).toBe(true);
  });

  it('draw the same character in its Taiwanese and its mainland form', () => {
    expect(glyph('骨', 'zh-TW')).not.toBe(glyph('骨', 'zh-CN'));
    expect(glyph('骨', 'zh-TW')).toBe(glyph('骨', 'zh-Hant'));
    expect(glyph('骨', 'zh-CN')).toBe(glyph('骨', 'zh-Hans'));
    expect(glyph('骨', 'zh-HK')).toBe(glyph('骨', 'zh-TW'));
  });

  function glyph(text: string, language: string): string {
    const canvas = createCanvas(120, 120);
    const ctx = canvas.getContext('2d');
    fonts.apply(ctx, { language, weight: 700, size: 80 });
    ctx.fillText(text, 10, 90);
    return canvas.data().toString('base64');
  }
});
