import { describe, expect, it } from 'vitest';
import type { SubtitleCue } from '../film/film.ts';
import { toAss, toSrt, toVtt } from './subtitle-files.ts';

const cues: SubtitleCue[] = [
  { startSeconds: 0, endSeconds: 1.2345, lines: ['First line,', 'second line.'] },
  { startSeconds: 59.9996, endSeconds: 3661.5, lines: ['Late.'] },
];
const awkward: SubtitleCue[] = [
  { startSeconds: 1, endSeconds: 2, lines: ['a <b> & c --> d', 'C:\\Nothing {\\an8}\n\nlost'] },
];
const landscape = { width: 1280, height: 720 };
const portrait = { width: 720, height: 1280 };

describe('SubRip', () => {
  it('numbers its cues and writes hours, minutes, seconds and milliseconds', () => {
    expect(toSrt(cues)).toBe(
      '1\n00:00:00,000 --> 00:00:01,235\nFirst line,\nsecond line.\n\n2\n00:01:00,000 --> 01:01:01,500\nLate.\n',
    );
  });

  it('has no empty line inside a cue', () => {
    expect(toSrt(awkward)).toBe(
      '1\n00:00:01,000 --> 00:00:02,000\na <\u2060b> & c --\u2060> d\nC:\\Nothing {\u2060\\an8} lost\n',
    );
  });

  it('carries no markup: what was written is shown as it is', () => {
    const lines = ['<script>alert(1)</script> <i>x</i>', '5 < 7 {sic} <3 ->', '<!-- a --> <?xml?> </font>'];
    const text = toSrt([{ startSeconds: 0, endSeconds: 1, lines }]);
    expect(text).not.toMatch(/<[a-z/!?]/i);
    expect(text.replaceAll('\u2060', '')).toContain(lines.join('\n'));
    expect(text).toContain('\n5 < 7 {sic} <3 ->\n');
  });

  it('is empty without cues', () => {
    expect(toSrt([])).toBe('');
  });
});

describe('WebVTT', () => {
  it('begins with its signature and separates cues with empty lines', () => {
    expect(toVtt(cues)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.235\nFirst line,\nsecond line.\n\n00:01:00.000 --> 01:01:01.500\nLate.\n',
    );
  });

  it('escapes text that would be read as markup or as a time', () => {
    expect(toVtt(awkward)).toContain('a &lt;b&gt; &amp; c --&gt; d\nC:\\Nothing {\\an8} lost\n');
  });

  it('is a valid file without cues', () => {
    expect(toVtt([])).toBe('WEBVTT\n');
  });
});

describe('SubStation Alpha', () => {
  it('writes centiseconds and joins lines with \\N', () => {
    expect(toAss(cues, landscape, 'en')).toContain(
      'Dialogue: 0,0:00:00.00,0:00:01.23,Default,,0,0,0,,First line,\\Nsecond line.\n',
    );
  });

  it('never turns text into an override tag or a line break', () => {
    const [event = ''] = toAss(awkward, landscape, 'en')
      .split('\n')
      .filter((line) => line.startsWith('Dialogue'));
    expect(event).toContain('C:\\\u2060Nothing \\{\\\u2060an8\\} lost');
    expect(event.match(/\\N/gu)).toHaveLength(1);
  });

  it('fits 21 full-width characters into 90 % of every frame', () => {
    for (const size of [landscape, portrait, { width: 1080, height: 1080 }]) {
      const style = styleOf(toAss(cues, size, 'zh-TW'));
      const em = Number(style[2]) / 1.36;
      expect(21 * em).toBeLessThanOrEqual(size.width * 0.9);
      expect(em).toBeGreaterThan(size.height * 0.015);
    }
  });

  it('names a font that supports the language', () => {
    expect(styleOf(toAss(cues, landscape, 'en'))[1]).toBe('Noto Sans');
    expect(styleOf(toAss(cues, landscape, 'zh-TW'))[1]).toBe('Noto Sans TC');
    expect(styleOf(toAss(cues, landscape, 'zh-CN'))[1]).toBe('Noto Sans SC');
  });

  it('contains the size of its canvas', () => {
    expect(toAss(cues, portrait, 'en')).toContain('PlayResX: 720\nPlayResY: 1280\n');
  });
});

function styleOf(file: string): string[] {
  return (/^Style: (.*)$/mu.exec(file)?.[1] ?? '').split(',');
}
